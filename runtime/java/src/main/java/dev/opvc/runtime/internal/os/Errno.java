// SPDX-License-Identifier: Apache-2.0
package dev.opvc.runtime.internal.os;

/** Error numbers of Linux that the runtime meets; the same on every architecture that runs a 64-bit JVM. */
public final class Errno {
    public static final int EINTR = 4;
    public static final int EAGAIN = 11;
    public static final int EPERM = 1;
    public static final int EFAULT = 14;
    public static final int EBUSY = 16;
    public static final int EINVAL = 22;
    public static final int ENOSYS = 38;

    private Errno() {}

    /** The usual name of an error number, or the number itself for a rare one. */
    public static String name(int errno) {
        return switch (errno) {
            case EPERM -> "EPERM";
            case EBUSY -> "EBUSY";
            case EINTR -> "EINTR";
            case EAGAIN -> "EAGAIN";
            case 12 -> "ENOMEM";
            case EFAULT -> "EFAULT";
            case EINVAL -> "EINVAL";
            case ENOSYS -> "ENOSYS";
            default -> "errno " + errno;
        };
    }
}
