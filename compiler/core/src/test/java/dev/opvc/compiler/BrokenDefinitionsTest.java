// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Structs whose definition is in error, in every use. The error is reported once, where the struct is defined: whatever
 * uses it is passed over, and neither fails nor says what nobody can know.
 */
class BrokenDefinitionsTest {
    /** Each defines E in its first line. If E has a field x that is right, it is a u64. */
    private static final List<String> DEFINITIONS = List.of(
            "struct E { Nope x; }",
            "struct E { u64 x; Nope y; }",
            "struct E { Nope *x; u64 y; }",
            "struct E { }",
            "struct E { E x; }",
            "struct E { u64 x; E e[2]; }",
            "struct E { F x; } struct F { G g; } struct G { E e; }",
            "struct E { u64 x; F f; } struct F { }",
            "struct E { F f; } struct F { Nope x; u64 y; }",
            "struct E { u8 a[0]; }",
            "struct E { u8 a[0 - 1]; u64 x; }",
            "struct E { u8 a[NOPE]; u64 x; }",
            "struct E { u8 a[1.5]; }",
            "struct E { u8 a[sizeof(E)]; u64 x; }",
            "struct E { u8 a[sizeof(Nope)]; u64 x; }",
            "struct E { u64 x; u8 a[N]; } const N = sizeof(E);",
            "struct E { u64 x; u8 a[N]; } const N = 1 / 0;",
            "struct E { u8 a[2000000]; }",
            "struct E { u8 a[1000000]; u64 x; u8 b[1000000]; }",
            "struct E { u64 x = 1; u64 y[2] = nope; }",
            "struct E { u64 x = -1; f64 y = nope; }",
            "struct E { u64 x; u64 x; }",
            "struct E { P p; } percpu struct P { u64 x; }",
            "struct E { P p; } percpu struct P { }",
            "struct E { u64 x; u64 7y; }",
            "struct E { u64 }",
            "struct E { u64 x; } struct E { Nope x; }",
            "struct E { Nope y; } struct E { u64 x; }",
            "const E = 1; struct E { Nope x; }",
            "struct E { F0 x; } " + chain(120));

    /** What would be right if E were. */
    private static final List<String> RIGHT_USES = List.of(
            "struct U { E e; u64 y; } transaction t(U *u, U *v) { u->y = 1; u->e = v->e; *u = *v; }",
            "struct U { E e[4][2]; } transaction t(U *u, u32 i max 3) { u->e[i][1] = u->e[0][i]; }",
            "struct U { E *e; E **f[4]; u64 y; } transaction t(U *u, u64 *p) { *p = u->y; *u = *u; }",
            "struct U { E *e; } transaction t(U *u) { u->e->x = 1; *u->e = *u->e; memcpy(u->e, &u->e->x, 8); }",
            "struct U { E *e; } transaction t(U *u, byte *p) { memcpy(u->e, p, 64); memcpy(&*u->e, u, sizeof(U)); }",
            "struct U { E e; } struct V { U u; U *p; } transaction t(V *v) { v->u.e = v->p->e; }",
            "percpu struct U { E e; E *f = null; u64 a; } transaction t(percpu U l) { l->a += 1; l->f->x = l->e.x; }",
            "percpu struct U { E e[3]; u64 a; } query q(percpu U l) returns (u64 s) { s = sum(l->a) + sum(l->e[1].x); }",
            "struct U { u8 a[sizeof(E)]; } transaction t(U *u) { u->a[0] = 1; }",
            "const S = sizeof(E) + 1; transaction t(u64 *p) { *p = S; }",
            "const S = sizeof(E); struct U { u8 a[S / S]; } transaction t(U *u) { u->a[0] = 1; }",
            "transaction t(E *e, E *f) { *e = *f; }",
            "transaction t(E *e, E *f) { memcpy(e, f, 64); }",
            "transaction t(E *e, E *f) { memcpy(e, f, sizeof(E)); memcpy(&*e, &*f, sizeof(E)); }",
            "transaction t(E *e, E *f) { memcpy(&e->x, &f->x, 8); }",
            "transaction t(E *e, u32 n max 100) { memcpy(e, e, n); }",
            "transaction t(E *e) { e->x = 1; e->x += 2; e->x <<= 3; e->x++; }",
            "transaction t(E *e) returns (u64 r) { let x = e->x; require x != 0 else A; r = x / x; }",
            "transaction t(E *e) returns (E *r) { require e != null else A; r = e; }",
            "transaction t(E **e, E *f) returns (bool r) { let g = *e; r = g == f; *e = f; }",
            "transaction t(E *e, u64 *p) { if e->x == 1 then { *p = 1; } else { *p = e->x; } }",
            "transaction t(E *e, u64 *p) { if e == null || e->x < 2 then { *p = 1; } }",
            "transaction t(E *e) returns (u64 a) { a = uptr(e); }",
            "transaction t(uptr a, u64 *p) { *p = cast<E *>(a)->x; }",
            "transaction t(byte *b) { *cast<E *>(uptr(b)) = *cast<E *>(uptr(b)); }",
            "transaction t(u64 *p) { *p = sizeof(E); *p = sizeof(E *); }",
            "transaction t(u64 *p, u64 y) { *p = y / sizeof(E) % sizeof(E); }",
            "transaction t(u64 *p, u64 y) { let n = sizeof(E); *p = y / n; }",
            "vector v(E *e, byte *b) { compare_eq(e, b, 8); memcpy(e, &e->x, 8); add(&e->x, 1, 8); }",
            "vector v(E *e) { memcpy(e, fault(e), sizeof(E)); memcpy(&*e, e, 8); }");

    /** What would be right if E were, and percpu. */
    private static final List<String> RIGHT_PERCPU_USES = List.of(
            "transaction t(percpu E l, u64 *p) { l->x += 1; *p = l->x; }",
            "transaction t(percpu E l, byte *p) { memcpy(p, &*l, 8); memcpy(&l->x, p, 8); }",
            "transaction t(percpu E l) returns (u64 x) { require l->x != 0 else A; x = l->x; l->x = 0; }",
            "transaction t(percpu E l, percpu E m) { l->x = m->x; *l = *m; }",
            "struct U { E *e; } transaction t(U *u) { u->e->x = 1; }",
            "query q(percpu E l) returns (u64 s, u64 m) { s = sum(l->x); m = max(l->x); }",
            "query q(percpu E l) returns (bool a) { let s = sum(l->x); a = s == 0 && any(l->x == 1); }",
            "vector v(percpu E l, byte *p) { memcpy(p, &l->x, 8); add(&l->x, 1, 8); }");

    /** What is wrong whatever E is, or may be. */
    private static final List<String> WRONG_USES = List.of(
            "query q(percpu Slot l) returns (E e[4]) { e = sum(l->a); }",
            "query q(percpu Slot l) returns (E e[4][sizeof(E)]) { e = sum(l->a); }",
            "query q(percpu Slot l) returns (E e) { e = sum(l->a); }",
            "query q(percpu Slot l) returns (E *e) { e = sum(l->a); }",
            "query q(percpu Slot l, E e, E *f) returns (u64 s) { s = sum(l->a) + f->x; }",
            "query q(percpu E l) returns (u64 s[2]) { s = sum(l->x); s = min(l->x[0]); }",
            "query q(percpu E l) returns (u64 s) { s = sum(*l); }",
            "transaction t(E e) { e.x = 1; e->x = 1; }",
            "transaction t(E *e) returns (E r, E s[4]) { r = *e; s = r; }",
            "transaction t(percpu E *l, percpu E m max 4) { l->x = 1; m->x = 1; }",
            "transaction t(E *e max 7) { e->x = 1; }",
            "transaction t(E *e) { let whole = *e; let x = e.x; let y = e->nope; e->x[0] = 1; e->x.y = 1; *e += 1; }",
            "transaction t(E *e) { *e = e; e = *e; memcpy(e, *e, 8); *e == *e; require *e else A; }",
            "transaction t(u64 *p) { *p = E(1); *p = cast<E>(1); *p = E; *p = sizeof(p); }",
            "struct U { E e = 1; E f[0]; E g[2000000]; } transaction t(U *u) { u->e = u->f; u->g[1] = 1; }",
            "percpu struct E2 { E e; } percpu struct E3 { E2 e; E3 *f = 1; } transaction t(percpu E3 l) { l->e.e.x = 1; }",
            "vector v(E *e, E f) { add(e, *e, sizeof(E)); add(&f, 1, 8); compare_ne(*e, &e, e->x); }");

    private static final String OTHER = "percpu struct Slot { u64 a; }\n";

    @TempDir
    Path folder;

    static Stream<Arguments> rightUses() {
        Stream<Arguments> plain = DEFINITIONS.stream()
                .flatMap(definition -> RIGHT_USES.stream().map(use -> Arguments.of(definition, use)));
        Stream<Arguments> percpu = DEFINITIONS.stream()
                .flatMap(definition -> RIGHT_PERCPU_USES.stream().map(use -> Arguments.of(ofSlots(definition), use)));
        return Stream.concat(plain, percpu);
    }

    static Stream<Arguments> wrongUses() {
        return DEFINITIONS.stream()
                .flatMap(definition -> WRONG_USES.stream()
                        .flatMap(use ->
                                Stream.of(Arguments.of(definition, use), Arguments.of(ofSlots(definition), use))));
    }

    @ParameterizedTest
    @MethodSource("rightUses")
    void reportsTheDefinitionOnly(String definition, String use) {
        CompileResult result = Sources.compile(folder, definition + "\n" + OTHER + use);

        assertThat(Sources.texts(result))
                .filteredOn(text -> text.contains(" error "))
                .isNotEmpty()
                .allMatch(text -> text.startsWith("1:"));
    }

    @ParameterizedTest
    @MethodSource("wrongUses")
    void reportsWhatIsWrongAnyway(String definition, String use) {
        CompileResult result = Sources.compile(folder, definition + "\n" + OTHER + use);

        assertThat(Sources.texts(result)).anyMatch(text -> text.contains(" error "));
    }

    private static String ofSlots(String definition) {
        return definition.replace("struct E {", "percpu struct E {");
    }

    private static String chain(int length) {
        return IntStream.range(0, length)
                        .mapToObj(i -> "struct F" + i + " { F" + (i + 1) + " f; }")
                        .collect(Collectors.joining(" "))
                + " struct F" + length + " { u64 y; }";
    }
}
