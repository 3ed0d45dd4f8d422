// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.opvc.compiler.diagnostic.Diagnostic;
import dev.opvc.compiler.diagnostic.Severity;
import dev.opvc.compiler.source.Span;
import dev.opvc.compiler.vector.VectorProgram;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Compiles sources that tests have in memory. */
final class Sources {
    private static final String FILE = "source.opv";

    private Sources() {}

    static CompileResult compile(Path folder, String source) {
        return compile(folder, source.getBytes(StandardCharsets.UTF_8));
    }

    static CompileResult compile(Path folder, byte[] source) {
        Path file = folder.resolve(FILE);
        try {
            Files.write(file, source);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Compiler.compile(new CompileRequest(List.of(file), List.of()));
    }

    /** The one program of a source that is right, warnings apart. */
    static VectorProgram program(Path folder, String source) {
        CompileResult result = compile(folder, source);
        assertThat(texts(result)).noneMatch(text -> text.contains("error"));
        return ((CompileResult.Success) result).programs().get(0);
    }

    /** Each diagnostic as {@code 3:5 error OPV0203 message}. */
    static List<String> texts(CompileResult result) {
        return result.diagnostics().stream().map(Sources::text).toList();
    }

    private static String text(Diagnostic diagnostic) {
        Span span = diagnostic.span();
        String place = span == null ? "-" : span.line() + ":" + span.column();
        String severity = diagnostic.severity() == Severity.ERROR ? "error" : "warning";
        return place + " " + severity + " " + diagnostic.code().text() + " " + diagnostic.message();
    }
}
