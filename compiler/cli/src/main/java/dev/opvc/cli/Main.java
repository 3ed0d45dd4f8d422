// SPDX-License-Identifier: Apache-2.0
package dev.opvc.cli;

import dev.opvc.compiler.CompileRequest;
import dev.opvc.compiler.CompileResult;
import dev.opvc.compiler.Compiler;
import java.io.FileDescriptor;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Help;

/** The program {@code opvc}. */
public final class Main {
    private Main() {}

    /** Runs the program and ends the process. Output is UTF-8 whatever the locale. */
    public static void main(String[] args) {
        StandardOutput output = new StandardOutput(FileDescriptor.out);
        PrintStream out = new PrintStream(output, false, StandardCharsets.UTF_8);
        PrintStream err = new PrintStream(new StandardOutput(FileDescriptor.err), true, StandardCharsets.UTF_8);
        int status = run(args, out, err);
        if (status == ExitStatus.DONE && output.lost()) {
            err.println("opvc: cannot write to the standard output: " + output.reason());
            status = ExitStatus.INPUT;
        }
        System.exit(status);
    }

    /** Runs the program and returns its exit status. Both streams are flushed, not closed. */
    public static int run(String[] args, PrintStream out, PrintStream err) {
        return run(args, out, err, Compiler::compile);
    }

    /** The commands and their options as data, for what documents them. */
    public static CommandLine model() {
        return commandLine(new String[0], new Session(Compiler::compile, System.out, System.err));
    }

    static int run(String[] args, PrintStream out, PrintStream err, Function<CompileRequest, CompileResult> compiler) {
        Session session = new Session(compiler, out, err);
        try {
            int status = commandLine(args, session).execute(args);
            session.printHowToAsk();
            return status;
        } catch (OutOfMemoryError e) {
            return ResourceReport.outOfMemory(err);
        } catch (StackOverflowError e) {
            ResourceReport.outOfStack(err);
            return BugReport.print(e, args, err);
        } catch (Throwable e) {
            return BugReport.print(e, args, err);
        } finally {
            out.flush();
            err.flush();
        }
    }

    private static CommandLine commandLine(String[] args, Session session) {
        OpvcCommand opvc = new OpvcCommand(session);
        CommandLine commandLine = new CommandLine(opvc)
                .addSubcommand(new CompileCommand(session, opvc))
                .addSubcommand(new CheckCommand(session, opvc))
                .addSubcommand(new ExplainCommand(session, opvc))
                .addSubcommand(new FormatCommand(session, opvc))
                .addSubcommand(new InitCommand(session))
                .addSubcommand(new DoctorCommand(session))
                .addSubcommand(new CommandLine.HelpCommand());
        return commandLine
                .setExpandAtFiles(false)
                .setColorScheme(Help.defaultColorScheme(Help.Ansi.OFF))
                .setOut(new PrintWriter(session.out(), true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(session.err(), true, StandardCharsets.UTF_8))
                .setParameterExceptionHandler(new UsageErrors())
                .setExecutionExceptionHandler((e, command, parsed) -> e instanceof CallError
                        ? UsageErrors.print(e.getMessage(), command)
                        : BugReport.print(e, args, session.err()));
    }
}
