// SPDX-License-Identifier: Apache-2.0
package dev.opvc.cli;

import dev.opvc.compiler.CompileResult;
import dev.opvc.compiler.explain.ExplainJson;
import dev.opvc.compiler.explain.ExplainTable;
import dev.opvc.compiler.model.Abi;
import dev.opvc.compiler.vector.VectorProgram;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code opvc explain}: the vectors that a file becomes. */
@Command(
        name = "explain",
        customSynopsis = "opvc explain [-I DIR]... [--json] [--abi lp64|ilp32] FILE",
        description = "Show every operation vector: operations, sizes, pages, and the share of each limit.")
final class ExplainCommand implements Callable<Integer> {
    private final Session session;
    private final OpvcCommand opvc;

    @Mixin
    private InputOptions input = new InputOptions();

    @Option(names = "--json", description = "Print one JSON object instead of a table.")
    private boolean json;

    @Option(
            names = "--abi",
            paramLabel = "lp64|ilp32",
            converter = AbiConverter.class,
            description = "Whether pointers have 8 bytes (lp64, the default) or 4 (ilp32).")
    private Abi abi = Abi.LP64;

    @Parameters(paramLabel = "FILE", converter = PathConverter.class, description = "The file to explain.")
    private Path file = Path.of("");

    ExplainCommand(Session session, OpvcCommand opvc) {
        this.session = session;
        this.opvc = opvc;
    }

    @Override
    public Integer call() {
        Optional<CompileResult.Success> success = session.compile(List.of(file), input, Set.of(), opvc.diagnostics());
        if (success.isEmpty()) {
            return ExitStatus.INPUT;
        }
        for (VectorProgram program : success.get().programs()) {
            session.out().print(json ? ExplainJson.render(program, abi) : ExplainTable.render(program, abi));
        }
        return ExitStatus.DONE;
    }
}
