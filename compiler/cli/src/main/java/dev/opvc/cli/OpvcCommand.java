// SPDX-License-Identifier: Apache-2.0
package dev.opvc.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The program without a command, and the options that every command has. */
@Command(
        name = "opvc",
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        description = "Compiles per-CPU transactions, written in OPV, for Java and for C.",
        commandListHeading = "%nCommands:%n",
        footer = {
            "",
            "Exit status: 0 done, warnings included; 1 the input is wrong or cannot be read,",
            "or the output cannot be written; 2 the call is wrong; 70 a bug in opvc."
        })
final class OpvcCommand implements Callable<Integer> {
    @Option(
            names = "--diagnostics",
            paramLabel = "text|json",
            scope = ScopeType.INHERIT,
            converter = DiagnosticsFormat.Converter.class,
            description = "How errors and warnings are printed to the standard error: text for people (the default),"
                    + " or one JSON object a line.")
    private DiagnosticsFormat diagnostics = DiagnosticsFormat.TEXT;

    @Mixin
    @SuppressWarnings("UnusedVariable")
    private HelpOption help = new HelpOption();

    /** Acted on by picocli. */
    @Option(names = "--version", versionHelp = true, description = "Print the version.")
    @SuppressWarnings("UnusedVariable")
    private boolean version;

    @Option(names = "--headers", description = "Print the folder that the headers of the runtime for C are in.")
    private boolean headers;

    private final Session session;

    OpvcCommand(Session session) {
        this.session = session;
    }

    DiagnosticsFormat diagnostics() {
        return diagnostics;
    }

    @Override
    public Integer call() {
        if (headers) {
            session.out().println(Installation.headers());
            return ExitStatus.DONE;
        }
        throw new CallError("a command is missing");
    }
}
