// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.opvc.compiler.diagnostic.Diagnostic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is advised to somebody who writes C or Java, or mistypes a name. */
final class HelpTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    u64 y = x;           | a value gets its name with `let y = …;`
                    int y = x;           | a value gets its name with `let y = …;`
                    return x;            | assign to a result by its name: `result = …;`
                    while (x) s->n = 1;  | there are no loops: a unit does what is written, once. Write the statements one by one, assign arrays whole or with memcpy, or have the caller loop
                    for each s->n = 1;   | there are no loops: a unit does what is written, once. Write the statements one by one, assign arrays whole or with memcpy, or have the caller loop
                    for (i) { s->n = 1;  | there are no loops: a unit does what is written, once. Write the statements one by one, assign arrays whole or with memcpy, or have the caller loop
                    bump(x) { s->n = 1;  |
                    s->n = (u64) x;      | a conversion is written `u64(…)`
                    s->n = x ? 1 : 2;    | there is no `? :`: write `select(c, a, b)`, or `if … then { … } else { … }`
                    release s->n += 1;   | `release` goes with `=`: write `release place = place + …;`
                    s->next = NULL;      | write `null`
                    s->n = sizeof(int);  | write `i32`
                    s->n = sizeof(void); | write `byte`
                    s->n = xx;           | did you mean `x`?
                    s->n = X;            | did you mean `x`?
                    s->n = y;            |
                    s->n = cuont;        | did you mean `count`?
                    s->next = 0;         | write `null`, or `cast<S *>(uptr(0))`
                    """)
    void ofStatements(String statement, String help) throws IOException {
        List<Diagnostic> found = compile(
                "struct S { u64 n; S *next; }\ntransaction t(S *s, u64 x, u64 count) {\n    " + statement + "\n}\n");

        assertThat(found).isNotEmpty();
        assertThat(found.get(0).help()).isEqualTo(help);
    }

    /** Nobody who assigns to an element of a result wants to change memory. */
    @Test
    void ofAnElementOfAResult() throws IOException {
        assertThat(compile("""
                        percpu struct S { u64 n[4]; }
                        query q(percpu S s) returns (u64 r[4]) {
                            r[0] = sum(s->n[0]);
                        }
                        """))
                .extracting(Diagnostic::help)
                .containsExactly("an array is assigned whole: `r = sum(…);`, of an array field of as many elements");
    }

    @Test
    void ofAStructOfAnotherType() throws IOException {
        assertThat(compile("""
                        percpu struct S { u64 n; }
                        struct Copy { u64 n; }
                        transaction t(percpu S s, Copy *to) {
                            *to = *s;
                        }
                        """))
                .extracting(Diagnostic::help)
                .containsExactly("bytes of another type are copied by `memcpy(dst, src, sizeof(S));`");
    }

    @Test
    void ofForeignTypesInDeclarations() throws IOException {
        assertThat(compile("struct S { uint64_t n; double d; Nod *m; }\n"))
                .extracting(Diagnostic::help)
                .containsExactly("write `u64`", "write `f64`", "declare `struct Nod { … }`, or import its file");
    }

    /** What is wrong behind it is reported too. */
    @Test
    void ofAPreprocessorLine() throws IOException {
        List<Diagnostic> found = compile("#include \"node.opv\"\nstruct Empty { }\n");

        assertThat(found)
                .extracting(Diagnostic::message)
                .containsExactly("unknown character `#`", "a struct has at least one field");
        assertThat(found.get(0).help())
                .isEqualTo("there is no preprocessor: write `import \"file.opv\";` or `const NAME = 1;`");
    }

    @Test
    void whatStandsBeforeTheFirstDeclarationHidesNoOther() throws IOException {
        assertThat(compile("static unsigned n = 3;\nimport \"gone.opv\";\nstruct Empty { }\n"))
                .extracting(Diagnostic::message)
                .containsExactly(
                        "expected a declaration, the end of the file, `package`, `prefix` or `import`, found `static`",
                        "`gone.opv` is neither beside this file nor in an import folder",
                        "a struct has at least one field");
    }

    @Test
    void ofAChainThatIsTooLong() throws IOException {
        String chain = "if x == 1 then { *p = 1; } else ".repeat(70) + "{ *p = x; }";

        assertThat(compile("transaction t(u64 *p, u64 x) { " + chain + " }\n"))
                .extracting(Diagnostic::help)
                .containsExactly("each `else if` is a level: choose between two halves first");
        assertThat(compile("transaction t(u64 *p, u64 x) { *p = " + "(".repeat(70) + "x" + ")".repeat(70) + "; }\n"))
                .extracting(Diagnostic::help)
                .containsExactly("name the inner parts with `let`");
    }

    private List<Diagnostic> compile(String source) throws IOException {
        Path file = Files.writeString(folder.resolve("file.opv"), source);
        return Compiler.compile(new CompileRequest(List.of(file), List.of())).diagnostics();
    }
}
