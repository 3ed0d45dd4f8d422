// SPDX-License-Identifier: Apache-2.0
package dev.opvc.cli;

import dev.opvc.compiler.diagnostic.Diagnostics;
import dev.opvc.compiler.format.FileFormatter;
import dev.opvc.compiler.format.FormattedFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code opvc fmt}: files in the one formatting. */
@Command(
        name = "fmt",
        customSynopsis = "opvc fmt [--check] FILE...",
        description = {
            "Format files in place.",
            "Nothing is written unless every file parses; a file that is formatted already is not touched."
        })
final class FormatCommand implements Callable<Integer> {
    private final Session session;
    private final OpvcCommand opvc;

    @Mixin
    @SuppressWarnings("UnusedVariable")
    private HelpOption help = new HelpOption();

    @Option(
            names = "--check",
            description =
                    "Write nothing. List the files that are not formatted; the exit status is 1 if there are any.")
    private boolean check;

    @Parameters(paramLabel = "FILE", arity = "1..*", converter = PathConverter.class, description = "Files to format.")
    private List<Path> files = new ArrayList<>();

    FormatCommand(Session session, OpvcCommand opvc) {
        this.session = session;
        this.opvc = opvc;
    }

    @Override
    public Integer call() {
        List<FormattedFile> formatted = new ArrayList<>();
        boolean allParse = true;
        for (Path file : Session.distinct(files)) {
            Diagnostics diagnostics = new Diagnostics();
            FileFormatter.format(file, diagnostics).ifPresent(formatted::add);
            session.print(diagnostics.sorted(), opvc.diagnostics());
            allParse &= !diagnostics.hasErrors();
        }
        boolean done = check ? list(formatted) : allParse && write(formatted);
        return done && allParse ? ExitStatus.DONE : ExitStatus.INPUT;
    }

    /** Returns whether there was nothing to list. */
    private boolean list(List<FormattedFile> formatted) {
        List<FormattedFile> changed =
                formatted.stream().filter(FormattedFile::changed).toList();
        changed.forEach(file -> session.out().print(file.path() + "\n"));
        return changed.isEmpty();
    }

    private boolean write(List<FormattedFile> formatted) {
        Diagnostics diagnostics = new Diagnostics();
        boolean written = FileFormatter.write(formatted, diagnostics);
        session.print(diagnostics.sorted(), opvc.diagnostics());
        return written;
    }
}
