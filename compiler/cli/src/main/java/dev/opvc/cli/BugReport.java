// SPDX-License-Identifier: Apache-2.0
package dev.opvc.cli;

import java.io.PrintStream;
import java.util.Arrays;
import java.util.List;

/** What a user sees, and sends, where opvc itself is wrong. */
final class BugReport {
    /** Frames of a stack trace that are printed; an endless recursion has a thousand. */
    private static final int FRAMES_MAX = 60;

    private BugReport() {}

    /** Prints a report and returns the exit status. */
    static int print(Throwable bug, String[] args, PrintStream err) {
        err.println("opvc: internal error: " + bug);
        err.println(
                "This is a bug in opvc, not in your files. Nothing more has been written. Please open an issue in the");
        err.println(
                "tracker of opvc's repository, with all of this text and, if they may be shown, the files that were");
        err.println("compiled and what they import.");
        err.println("opvc " + Version.number() + ", Java " + property("java.version") + " (" + property("java.vendor")
                + "), " + property("os.name") + " " + property("os.version") + " " + property("os.arch"));
        err.println("arguments: " + Arrays.toString(args));
        printTrace(bug, err);
        return ExitStatus.BUG;
    }

    private static void printTrace(Throwable bug, PrintStream err) {
        for (Throwable cause = bug; cause != null; cause = cause.getCause()) {
            if (cause != bug) {
                err.println("caused by: " + cause);
            }
            List<StackTraceElement> frames = List.of(cause.getStackTrace());
            frames.stream().limit(FRAMES_MAX).forEach(frame -> err.println("    at " + frame));
            if (frames.size() > FRAMES_MAX) {
                err.println("    ... " + (frames.size() - FRAMES_MAX) + " more");
            }
        }
    }

    private static String property(String name) {
        return System.getProperty(name, "unknown");
    }
}
