// SPDX-License-Identifier: Apache-2.0
package dev.opvc.cli;

/** What the process tells its caller. */
final class ExitStatus {
    /** Done; there may have been warnings. */
    static final int DONE = 0;
    /** The input is wrong or cannot be read, or the output cannot be written. */
    static final int INPUT = 1;
    /** The call is wrong. */
    static final int CALL = 2;
    /** A bug in opvc; {@code EX_SOFTWARE} of sysexits.h. */
    static final int BUG = 70;

    private ExitStatus() {}
}
