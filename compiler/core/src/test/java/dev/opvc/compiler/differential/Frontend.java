// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.differential;

import dev.opvc.compiler.CompileRequest;
import dev.opvc.compiler.CompileResult;
import dev.opvc.compiler.Compiler;
import dev.opvc.compiler.check.Checker;
import dev.opvc.compiler.diagnostic.Diagnostic;
import dev.opvc.compiler.diagnostic.DiagnosticCode;
import dev.opvc.compiler.diagnostic.Diagnostics;
import dev.opvc.compiler.diagnostic.Severity;
import dev.opvc.compiler.model.Program;
import dev.opvc.compiler.module.ModuleLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Asks the compiler what it thinks of a program. */
final class Frontend {
    /**
     * What a well-typed program may be refused for: documented limits, a divisor, count, index or length that turns out
     * to be known and wrong, reads of what was written as other bytes,
     * and what a drain might fail on once it has begun.
     */
    private static final Set<DiagnosticCode> LIMITS = EnumSet.of(
            DiagnosticCode.VECTOR_TOO_LONG,
            DiagnosticCode.VECTOR_DATA_TOO_LONG,
            DiagnosticCode.OPERATION_TOO_LONG,
            DiagnosticCode.SHIFT_RANGE,
            DiagnosticCode.OUT_OF_RANGE,
            DiagnosticCode.MAY_BE_OVERWRITTEN,
            DiagnosticCode.DRAIN_MAY_FAIL,
            DiagnosticCode.TOO_MANY_PATHS);

    private final Path folder;

    Frontend(Path folder) {
        this.folder = folder;
    }

    /** What became of a program. */
    sealed interface Verdict {}

    /** It can be emitted. */
    record Accepted() implements Verdict {}

    /** A documented limit is in its way. */
    record Discarded(String reason) implements Verdict {}

    /** What the compiler says of a well-typed program. */
    Verdict judge(String source) throws IOException {
        CompileResult result;
        try {
            result = Compiler.compile(new CompileRequest(List.of(write(source)), List.of()));
        } catch (RuntimeException e) {
            throw new AssertionError("the compiler failed on\n" + source, e);
        }
        List<Diagnostic> errors = result.diagnostics().stream()
                .filter(each -> each.code().severity() == Severity.ERROR)
                .toList();
        if (errors.isEmpty()) {
            return new Accepted();
        }
        for (Diagnostic error : errors) {
            if (!LIMITS.contains(error.code())) {
                throw new AssertionError("refused: " + describe(error) + "\n" + source);
            }
        }
        Diagnostic first = errors.get(0);
        return new Discarded(first.code().text() + " " + first.code());
    }

    /** The typed program of a file that is right. */
    Program program(Path file) {
        Diagnostics diagnostics = new Diagnostics();
        Program program = check(file, diagnostics);
        if (diagnostics.hasErrors()) {
            throw new AssertionError(
                    diagnostics.sorted().stream().map(Frontend::describe).toList());
        }
        return program;
    }

    /** The typed program of a source that is right. */
    Program program(String source) throws IOException {
        return program(write(source));
    }

    private Path write(String source) throws IOException {
        return Files.writeString(folder.resolve("judged.opv"), source);
    }

    private static Program check(Path file, Diagnostics diagnostics) {
        return new Checker(diagnostics)
                .check(new ModuleLoader(List.of(), diagnostics).load(file).orElseThrow());
    }

    private static String describe(Diagnostic diagnostic) {
        return diagnostic.code().text() + " " + diagnostic.message()
                + (diagnostic.span() == null ? "" : " at `" + diagnostic.span().excerpt() + "`");
    }
}
