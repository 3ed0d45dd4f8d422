// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.opvc.compiler.diagnostic.Diagnostic;
import dev.opvc.compiler.diagnostic.DiagnosticCode;
import dev.opvc.compiler.emit.GeneratedFile;
import dev.opvc.compiler.emit.OutputFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Outputs of a whole run have places of their own, wherever they are written. */
class OutputNamesTest {
    private static final Set<Target> ALL = EnumSet.allOf(Target.class);

    @TempDir
    Path folder;

    @Test
    void structsOfTwoFilesThatDifferInCaseCollideInJava() throws IOException {
        Path one = source("one.opv", "package a; struct Ab { u64 x; }");
        Path two = source("two.opv", "package a; struct AB { u64 x; }");
        assertThat(collisions(EnumSet.of(Target.JAVA), one, two))
                .singleElement()
                .satisfies(collision -> {
                    assertThat(collision.file()).isEqualTo(two.toString());
                    assertThat(collision.message())
                            .contains("`a/AB.java`")
                            .contains("`a/Ab.java`")
                            .contains(one.toString());
                });
        assertThat(collisions(EnumSet.of(Target.C), one, two)).isEmpty();
    }

    @Test
    void structsOfOneNameInTwoFilesCollide() throws IOException {
        Path one = source("one.opv", "package a; struct Ab { u64 x; }");
        Path two = source("two.opv", "package a; struct Ab { u64 x; }");
        assertThat(collisions(EnumSet.of(Target.JAVA), one, two)).hasSize(1);
    }

    @Test
    void otherPackagesAreOtherPlaces() throws IOException {
        Path one = source("one.opv", "package a; struct Ab { u64 x; }");
        Path two = source("two.opv", "package b; struct AB { u64 x; }");
        assertThat(collisions(ALL, one, two)).isEmpty();
    }

    @Test
    void filesThatDifferInCaseCollide() throws IOException {
        Path one = source("x/ca.opv", "package a; transaction t(u64 *p) { *p = 1; }");
        Path two = source("y/Ca.opv", "package a; transaction u(u64 *p) { *p = 1; }");
        assertThat(collisions(EnumSet.of(Target.JAVA), one, two)).isNotEmpty();
        assertThat(collisions(EnumSet.of(Target.C), one, two)).isNotEmpty();
    }

    @Test
    void everyOutputSaysThatItIsGenerated() throws IOException {
        Path file = source(
                "all.opv",
                "package a; const N = 1; struct S { u64 x; } percpu struct L { u64 y; }"
                        + " transaction t(percpu L l, S *s) { l->y += s->x; }"
                        + " vector v(u64 *p) { add(p, 1, 8); } query q(percpu L l) returns (u64 y) { y = sum(l->y); }");
        CompileResult.Success result =
                (CompileResult.Success) Compiler.compile(new CompileRequest(List.of(file), List.of(), ALL));
        assertThat(result.outputs().keySet()).isEqualTo(ALL);
        result.outputs()
                .values()
                .forEach(files -> assertThat(files)
                        .isNotEmpty()
                        .extracting(OutputFile::content)
                        .allMatch(GeneratedFile::isMarked));
    }

    private Path source(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    private static List<Diagnostic> collisions(Set<Target> targets, Path... files) {
        return Compiler.compile(new CompileRequest(List.of(files), List.of(), targets)).diagnostics().stream()
                .filter(each -> each.code() == DiagnosticCode.OUTPUT_COLLISION)
                .toList();
    }
}
