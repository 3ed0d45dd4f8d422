// SPDX-License-Identifier: Apache-2.0
package dev.opvc.cli;

import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says what is wrong with a call, and where to read on. */
final class UsageErrors implements IParameterExceptionHandler {
    @Override
    public int handleParseException(ParameterException e, String[] args) {
        return print(message(e), e.getCommandLine());
    }

    /** Prints what is wrong with a call of a command, and returns the exit status. */
    static int print(@Nullable String message, CommandLine command) {
        PrintWriter err = command.getErr();
        err.println("opvc: " + message);
        err.println(
                command.getParent() == null
                        ? "`opvc help` lists the commands."
                        : "`opvc help " + command.getCommandName() + "` says how to call it.");
        return ExitStatus.CALL;
    }

    private static @Nullable String message(ParameterException e) {
        boolean ofProgram = e.getCommandLine().getParent() == null;
        if (ofProgram && e instanceof UnmatchedArgumentException unmatched && !unmatched.isUnknownOption()) {
            return "there is no command '" + unmatched.getUnmatched().get(0) + "'";
        }
        return e.getMessage();
    }
}
