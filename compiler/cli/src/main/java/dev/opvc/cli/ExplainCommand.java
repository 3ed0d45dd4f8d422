// SPDX-License-Identifier: Apache-2.0
package dev.opvc.cli;

import dev.opvc.compiler.CompileResult;
import dev.opvc.compiler.diagnostic.DiagnosticCode;
import dev.opvc.compiler.explain.DiagnosticExplanation;
import dev.opvc.compiler.explain.ExplainJson;
import dev.opvc.compiler.explain.ExplainTable;
import dev.opvc.compiler.model.Abi;
import dev.opvc.compiler.vector.VectorProgram;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code opvc explain}: the vectors that a file becomes, or what a diagnostic means. */
@Command(
        name = "explain",
        customSynopsis = {"opvc explain [-I DIR]... [--json] [--abi lp64|ilp32] FILE", "opvc explain [--json] CODE"},
        description = {
            "Show every operation vector of a file: operations, sizes, pages, and the share of each limit.",
            "Or tell what a diagnostic means, for instance OPV0203, with an example and its mend."
        })
final class ExplainCommand implements Callable<Integer> {
    /** No file that can be compiled has such a name. */
    private static final Pattern CODE = Pattern.compile("OPV\\d+", Pattern.CASE_INSENSITIVE);

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

    @Parameters(
            paramLabel = "FILE|CODE",
            converter = PathConverter.class,
            description = "The file, or the code of the diagnostic, to explain.")
    private Path file = Path.of("");

    ExplainCommand(Session session, OpvcCommand opvc) {
        this.session = session;
        this.opvc = opvc;
    }

    @Override
    public Integer call() {
        return CODE.matcher(file.toString()).matches() ? explain(file.toString()) : explain(file);
    }

    private int explain(String text) {
        DiagnosticCode code = DiagnosticCode.ofText(text)
                .orElseThrow(() -> new CallError("there is no diagnostic " + text.toUpperCase(Locale.ROOT)));
        session.out().print(json ? DiagnosticExplanation.json(code) : DiagnosticExplanation.text(code));
        return ExitStatus.DONE;
    }

    private int explain(Path file) {
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
