// SPDX-License-Identifier: Apache-2.0
package dev.opvc.cli;

import java.io.PrintStream;

/** What a user sees where Java allows opvc less than the files need. */
final class ResourceReport {
    private static final int MEBIBYTE = 1 << 20;

    private ResourceReport() {}

    /** How much is compiled at once has no limit but memory, so this is no bug. Returns the exit status. */
    static int outOfMemory(PrintStream err) {
        err.println("opvc: out of memory: these files need more than the "
                + Runtime.getRuntime().maxMemory() / MEBIBYTE + " MiB that Java may use here");
        err.println("Nothing more has been written. Compile fewer files at once, or allow more memory, for instance"
                + " 2 GiB with JAVA_TOOL_OPTIONS=-Xmx2g.");
        return ExitStatus.INPUT;
    }

    /** The limits on sources bound how deep opvc recurses, so this is a bug, unless Java was given a small stack. */
    static void outOfStack(PrintStream err) {
        err.println("opvc: out of stack: whatever keeps the limits of the language fits the stack that Java gives a"
                + " thread. If it was given less, allow more, for instance with JAVA_TOOL_OPTIONS=-Xss2m. If not:");
    }
}
