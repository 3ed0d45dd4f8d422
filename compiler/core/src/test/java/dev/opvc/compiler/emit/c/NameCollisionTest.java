// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.c;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.opvc.compiler.diagnostic.Diagnostic;
import dev.opvc.compiler.diagnostic.DiagnosticCode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each source holds, behind {@code //!} on the line of the second name, what is said of it. */
class NameCollisionTest {
    private static final String MARK = "//! ";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"""
                percpu struct A_B { u64 x; }
                percpu struct A { u64 x; }
                transaction c(percpu A_B s) { s->x += 1; }
                transaction b_c(percpu A s) { s->x += 1; } //! transaction c and transaction b_c are both named a_b_c in C
                """, """
                percpu struct A { u64 x; }
                transaction x(percpu A s) { s->x += 1; }
                transaction x_on(percpu A s) { s->x += 1; } //! the form of transaction x that names the CPU and transaction x_on are both named a_x_on in C
                """, """
                percpu struct A { u64 x; }
                transaction x_vector(percpu A s) { s->x += 1; }
                transaction x(percpu A s) { s->x += 1; } //! the form of transaction x_vector that names the CPU and the vector form of transaction x are both named a_x_vector_on in C
                """, """
                percpu struct A { u64 x; }
                transaction x_locked(percpu A s) { s->x += 1; }
                transaction x(percpu A s) { s->x += 1; } //! transaction x_locked and the direct work of transaction x are both named a_x_locked in C
                """, """
                percpu struct A { u64 x; }
                transaction x_build(percpu A s) { s->x += 1; }
                transaction x(percpu A s) { s->x += 1; } //! transaction x_build and the builder of transaction x are both named a_x_build in C
                """, """
                percpu struct A { u64 x; }
                transaction alloc(percpu A s) { s->x += 1; } //! the function that allocates struct A and transaction alloc are both named a_alloc in C
                """, """
                struct HttpServer { u64 x; }
                struct HTTPServer { u64 x; } //! struct HttpServer and struct HTTPServer are both named http_server in C
                """, """
                percpu struct A { u64 x; }
                struct APercpu { u64 x; } //! the handle of struct A and struct APercpu are both named a_percpu in C
                """, """
                percpu struct A { u64 x; }
                query x(percpu A s) returns (u64 y) { y = sum(s->x); }
                query x_fold(percpu A s) returns (u64 y) { y = sum(s->x); } //! the folding of query x and query x_fold are both named a_x_fold in C
                """, """
                percpu struct Collision { u64 x; }
                const T_EMPTY = 1;
                transaction t(percpu Collision s, u64 x) { //! const T_EMPTY and outcome EMPTY of transaction t are both named COLLISION_T_EMPTY in C
                    require s->x == x else EMPTY;
                    s->x += 1;
                }
                """})
    void namesThatBecomeOneAreRejected(String source) throws IOException {
        List<Diagnostic> diagnostics = new Headers(folder).rejected("collision.opv", source);

        List<String> lines = source.lines().toList();
        int marked = IntStream.range(0, lines.size())
                .filter(line -> lines.get(line).contains(MARK))
                .findFirst()
                .orElseThrow();
        String message = lines.get(marked).substring(lines.get(marked).indexOf(MARK) + MARK.length());
        assertThat(diagnostics).extracting(Diagnostic::message).contains(message);
        assertThat(diagnostics).allSatisfy(diagnostic -> {
            assertThat(diagnostic.code()).isEqualTo(DiagnosticCode.TARGET_NAME_COLLISION);
            assertThat(requireNonNull(diagnostic.span()).line()).isEqualTo(marked + 1);
            assertThat(requireNonNull(diagnostic.notes().get(0).span()).line()).isLessThanOrEqualTo(marked + 1);
            assertThat(diagnostic.help()).isEqualTo("rename one of them");
        });
    }
}
