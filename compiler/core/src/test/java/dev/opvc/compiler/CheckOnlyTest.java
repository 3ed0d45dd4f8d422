// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.opvc.compiler.diagnostic.Diagnostic;
import dev.opvc.compiler.diagnostic.DiagnosticCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A request that asks for diagnostics only: the same diagnostics, and no source. */
class CheckOnlyTest {
    @TempDir
    private Path folder;

    @Test
    void rightFilesHaveNoOutputs() throws IOException {
        CompileResult result = check("percpu struct S { u64 n; } transaction t(percpu S s) { s->n += 1; }");
        assertThat(result).isInstanceOfSatisfying(CompileResult.Success.class, success -> {
            assertThat(success.outputs()).isEmpty();
            assertThat(success.programs()).hasSize(1);
        });
    }

    @Test
    void namesThatATargetCannotTellApartAreFound() throws IOException {
        CompileResult result = check("struct S { u64 a_b; u64 aB; }");
        assertThat(result.diagnostics()).extracting(Diagnostic::code).contains(DiagnosticCode.TARGET_NAME_COLLISION);
    }

    private CompileResult check(String source) throws IOException {
        Path file = Files.writeString(folder.resolve("sample.opv"), source);
        return Compiler.compile(new CompileRequest(List.of(file), List.of(), EnumSet.allOf(Target.class), true));
    }
}
