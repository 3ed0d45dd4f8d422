// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.c;

import static org.assertj.core.api.Assertions.assertThat;

import dev.opvc.compiler.CompileRequest;
import dev.opvc.compiler.CompileResult;
import dev.opvc.compiler.Compiler;
import dev.opvc.compiler.Target;
import dev.opvc.compiler.diagnostic.Diagnostic;
import dev.opvc.compiler.diagnostic.DiagnosticCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that can be used from one C file, because the names of one have a prefix. */
class PrefixTest {
    @TempDir
    private Path folder;

    @EachCompiler
    @Tag(CToolchain.TAG)
    void headersOfOneNameAreUsedTogether(Dialect dialect) throws IOException, InterruptedException {
        new Headers(folder).copy("node.opv", "prefixed_node.opv", "prefix_user.opv", "check.h", "prefix_test.c");

        assertThat(new CToolchain(folder).run(dialect, "prefix_test.c", "-O1")).isEmpty();
    }

    @Test
    void headersThatNoFileCanIncludeTogetherAreWarnedOf() throws IOException {
        Path one = source("one.opv", "percpu struct Node { u64 x; } transaction bump(percpu Node n) { n->x += 1; }");
        Path two = source("two.opv", "percpu struct Node { u64 x; } transaction bump(percpu Node n) { n->x += 1; }");

        assertThat(warnings(EnumSet.of(Target.C), one, two))
                .extracting(Diagnostic::message)
                .containsExactly(
                        "struct Node is named node in C, as is struct Node of " + one
                                + ": no C file can include both headers",
                        "transaction bump is named node_bump in C, as is transaction bump of " + one
                                + ": no C file can include both headers");
        assertThat(warnings(EnumSet.of(Target.C), two, one)).hasSize(2);
        assertThat(warnings(EnumSet.of(Target.JAVA), source("a.opv", "package a; struct Node { u64 x; }"), one))
                .isEmpty();
    }

    @Test
    void prefixMakesThemTwo() throws IOException {
        Path one = source("one.opv", "struct Node { u64 x; }");
        Path two = source("two.opv", "prefix two; struct Node { u64 x; }");
        Path user = source("user.opv", "import \"one.opv\"; transaction t(Node *n) { n->x += 1; }");

        assertThat(warnings(EnumSet.of(Target.C), one, two, user)).isEmpty();
    }

    /** The runtime's names stay the runtime's. */
    @Test
    void prefixOfTheRuntimeIsMarked() throws IOException {
        Path own = source("own.opv", "prefix opv; struct Word { u64 x; }");
        CompileResult result = Compiler.compile(new CompileRequest(List.of(own), List.of(), EnumSet.of(Target.C)));

        assertThat(((CompileResult.Success) result).outputs().get(Target.C))
                .singleElement()
                .satisfies(header -> assertThat(header.content()).contains("struct opv_word_ {"));
    }

    private List<Diagnostic> warnings(EnumSet<Target> targets, Path... sources) {
        CompileResult result = Compiler.compile(new CompileRequest(List.of(sources), List.of(), targets));
        assertThat(result).isInstanceOf(CompileResult.Success.class);
        return result.diagnostics().stream()
                .filter(each -> each.code() == DiagnosticCode.C_NAME_OF_TWO_HEADERS)
                .toList();
    }

    private Path source(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }
}
