// SPDX-License-Identifier: Apache-2.0
package dev.opvc.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code opvc check}: diagnostics only. */
@Command(
        name = "check",
        customSynopsis = "opvc check [-I DIR]... FILE...",
        description = "Report what is wrong with files; write nothing.")
final class CheckCommand implements Callable<Integer> {
    private final Session session;
    private final OpvcCommand opvc;

    @Mixin
    private InputOptions input = new InputOptions();

    @Parameters(paramLabel = "FILE", arity = "1..*", converter = PathConverter.class, description = "Files to check.")
    private List<Path> files = new ArrayList<>();

    CheckCommand(Session session, OpvcCommand opvc) {
        this.session = session;
        this.opvc = opvc;
    }

    @Override
    public Integer call() {
        return session.check(files, input, opvc.diagnostics()).isPresent() ? ExitStatus.DONE : ExitStatus.INPUT;
    }
}
