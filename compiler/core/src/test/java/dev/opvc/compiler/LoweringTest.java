// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.opvc.compiler.vector.Operation;
import dev.opvc.compiler.vector.Role;
import dev.opvc.compiler.vector.VectorPath;
import dev.opvc.compiler.vector.VectorProgram;
import dev.opvc.compiler.vector.VectorUnit;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which operations the statements of a transaction, and those of a raw vector, become. */
class LoweringTest {
    private static final String DEFINITIONS = """
            const FIVE = 5;
            const YES = true;
            struct Node { Node *next; u64 data; }
            struct Pair { u32 left; u32 right; }
            percpu struct Slot {
                u64 count; i32 level; u64 cell[4]; u8 grid[2][3]; Node *head; Node first; Node last; bool open; f64 sum;
                Pair pair[4]; byte raw[64]; uptr address; Pair other[4];
            }
            percpu struct Other { u64 count; }
            """;

    @TempDir
    Path folder;

    @Test
    void guardedUpdateIsThreeOperations() {
        assertThat(transaction(
                        "u64 *a, u64 x, u64 *b, byte *dst, byte *src",
                        "if *a == x then *b += 1; memcpy(dst, src, 64);"))
                .containsExactly(
                        "CPU_COMPARE_EQ_OP 8 a=a b=&x else MISMATCH",
                        "CPU_ADD_OP 8 p=b count=1",
                        "CPU_MEMCPY_OP 64 dst=dst src=src");
    }

    @Test
    void storesOfConstants() {
        assertThat(transaction(
                        "percpu Slot l, f32 *f",
                        "l->count = FIVE; l->level = -7; l->open = YES; l->head = null; l->sum = 1.5; *f = inf;"))
                .containsExactly(
                        "CPU_MEMCPY_OP 8 dst=&l->count src=cell(5)",
                        "CPU_MEMCPY_OP 4 dst=&l->level src=cell(-7)",
                        "CPU_MEMCPY_OP 1 dst=&l->open src=cell(true)",
                        "CPU_MEMCPY_OP 8 dst=&l->head src=cell(null)",
                        "CPU_MEMCPY_OP 8 dst=&l->sum src=cell(1.5)",
                        "CPU_MEMCPY_OP 4 dst=f src=cell(inf)");
    }

    @Test
    void storesOfParametersAndPlaces() {
        assertThat(
                        transaction(
                                "percpu Slot l, u64 x, u32 y, bool b, f64 f, Node *n",
                                "l->count = x; l->count = y; l->open = b; l->sum = f; l->head = n; l->head = n->next; n->data = l->count;"))
                .containsExactly(
                        "CPU_MEMCPY_OP 8 dst=&l->count src=&x",
                        "CPU_MEMCPY_OP 8 dst=&l->count src=cell(u64(y))",
                        "CPU_MEMCPY_OP 1 dst=&l->open src=&b",
                        "CPU_MEMCPY_OP 8 dst=&l->sum src=&f",
                        "CPU_MEMCPY_OP 8 dst=&l->head src=&n",
                        "CPU_MEMCPY_OP 8 dst=&l->head src=&n->next",
                        "CPU_MEMCPY_OP 8 dst=&n->data src=&l->count");
    }

    @Test
    void equalValuesShareACell() {
        VectorUnit unit = unit(transactionText("u64 *p, u64 x", "*p = x; *p = 1; *p = x; *p = 1; *p = x + 1;"));

        assertThat(unit.cells()).hasSize(3);
        assertThat(unit.cells()).extracting(each -> each.number()).containsExactly(0, 1, 2);
    }

    @Test
    void structsAndArraysAreCopiedWhole() {
        assertThat(
                        transaction(
                                "percpu Slot l, Node *n",
                                "l->first = l->last; l->first = *n; *n = l->last; l->grid[0] = l->grid[1]; l->pair = l->other;"))
                .containsExactly(
                        "CPU_MEMCPY_OP 16 dst=&l->first src=&l->last",
                        "CPU_MEMCPY_OP 16 dst=&l->first src=n",
                        "CPU_MEMCPY_OP 16 dst=n src=&l->last",
                        "CPU_MEMCPY_OP 3 dst=&l->grid[0] src=&l->grid[1]",
                        "CPU_MEMCPY_OP 32 dst=&l->pair src=&l->other");
    }

    @Test
    void updates() {
        assertThat(
                        transaction(
                                "percpu Slot l, u64 x, i32 i, u16 *p",
                                "l->count++; l->count--; (*p)++; l->count += x; l->count -= x; l->level += i; l->level -= 3; l->count |= 6; l->count &= x; l->count ^= ~x; l->count <<= 3; l->count >>= 63;"))
                .containsExactly(
                        "CPU_ADD_OP 8 p=&l->count count=1",
                        "CPU_ADD_OP 8 p=&l->count count=-1",
                        "CPU_ADD_OP 2 p=p count=1",
                        "CPU_ADD_OP 8 p=&l->count count=i64(x)",
                        "CPU_ADD_OP 8 p=&l->count count=-i64(x)",
                        "CPU_ADD_OP 4 p=&l->level count=i64(i)",
                        "CPU_ADD_OP 4 p=&l->level count=-3",
                        "CPU_OR_OP 8 p=&l->count mask=6",
                        "CPU_AND_OP 8 p=&l->count mask=x",
                        "CPU_XOR_OP 8 p=&l->count mask=~x",
                        "CPU_LSHIFT_OP 8 p=&l->count bits=3",
                        "CPU_RSHIFT_OP 8 p=&l->count bits=63");
    }

    @Test
    void shiftsByValuesAreChecked() {
        assertThat(transaction("u8 *p, u16 n", "*p <<= n; *p >>= n;"))
                .containsExactly(
                        "check n < bits of u8", "CPU_LSHIFT_OP 1 p=p bits=u32(n)", "CPU_RSHIFT_OP 1 p=p bits=u32(n)");
    }

    @Test
    void fieldsOfNestedStructs() {
        assertThat(transaction(
                        "percpu Slot l, Node *n",
                        "l->first.data = 1; (*n).data = 2; n->data += 1; l->pair[1].right = 3;"))
                .containsExactly(
                        "CPU_MEMCPY_OP 8 dst=&l->first.data src=cell(1)",
                        "CPU_MEMCPY_OP 8 dst=&n->data src=cell(2)",
                        "CPU_ADD_OP 8 p=&n->data count=1",
                        "CPU_MEMCPY_OP 4 dst=&l->pair[1].right src=cell(3)");
    }

    @Test
    void indicesAreCheckedOnceEach() {
        assertThat(
                        transaction(
                                "percpu Slot l, u32 i, i64 j",
                                "l->cell[3] = 1; l->cell[i] = 2; l->cell[i] += 1; l->grid[j][i] = 3; l->grid[1][i & 1] = 4; l->pair[i].left = 5;"))
                .containsExactly(
                        "check i in 0..4",
                        "check j in 0..2",
                        "check i in 0..3",
                        "CPU_MEMCPY_OP 8 dst=&l->cell[3] src=cell(1)",
                        "CPU_MEMCPY_OP 8 dst=&l->cell[i] src=cell(2)",
                        "CPU_ADD_OP 8 p=&l->cell[i] count=1",
                        "CPU_MEMCPY_OP 1 dst=&l->grid[j][i] src=cell(3)",
                        "CPU_MEMCPY_OP 1 dst=&l->grid[1][i & 1] src=cell(4)",
                        "CPU_MEMCPY_OP 4 dst=&l->pair[i].left src=cell(5)");
    }

    @Test
    void copiesStayWithinTheirPlaces() {
        assertThat(
                        transaction(
                                "percpu Slot l, byte *p, u32 i, u32 n max 64",
                                "memcpy(&l->cell[1], p, 24); memcpy(p, &l->first, n); memcpy(p, &l->raw[i], n); memcpy(p, &l->raw, n); memcpy(p, &l->raw[i], 1); memcpy(p, &l->raw[i], 2); memcpy(p, &l->raw[1], n); memcpy(p, p, n);"))
                .containsExactly(
                        "check n <= 64",
                        "check n bytes within l->first",
                        "check i in 0..64",
                        "check n bytes within l->raw[i]",
                        "check 2 bytes within l->raw[i]",
                        "check n bytes within l->raw[1]",
                        "CPU_MEMCPY_OP 24 dst=&l->cell[1] src=p",
                        "CPU_MEMCPY_OP n dst=p src=&l->first",
                        "CPU_MEMCPY_OP n dst=p src=&l->raw[i]",
                        "CPU_MEMCPY_OP n dst=p src=&l->raw",
                        "CPU_MEMCPY_OP 1 dst=p src=&l->raw[i]",
                        "CPU_MEMCPY_OP 2 dst=p src=&l->raw[i]",
                        "CPU_MEMCPY_OP n dst=p src=&l->raw[1]",
                        "CPU_MEMCPY_OP n dst=p src=p");
    }

    @Test
    void aSlotHasAnEndAndAPointerHasNone() {
        assertThat(transaction(
                        "percpu Other o, Node *n, byte *p, u32 len max 32",
                        "memcpy(&*o, p, len); memcpy(&*n, p, len);"))
                .containsExactly(
                        "check len <= 32",
                        "check len bytes within *o",
                        "CPU_MEMCPY_OP len dst=o src=p",
                        "CPU_MEMCPY_OP len dst=n src=p");
    }

    @Test
    void conditionsOnMemoryAreGuards() {
        assertThat(
                        transaction(
                                "percpu Slot l, u64 x, Node *n, i32 i",
                                "require l->count == x else A; require l->count != 3 else B; require x == l->count else A; require l->head == null else C; require l->head != n else C; require l->head == n->next else C; require l->level == i else D;"))
                .containsExactly(
                        "CPU_COMPARE_EQ_OP 8 a=&l->count b=&x else A",
                        "CPU_COMPARE_NE_OP 8 a=&l->count b=cell(3) else B",
                        "CPU_COMPARE_EQ_OP 8 a=&x b=&l->count else A",
                        "CPU_COMPARE_EQ_OP 8 a=&l->head b=cell(null) else C",
                        "CPU_COMPARE_NE_OP 8 a=&l->head b=&n else C",
                        "CPU_COMPARE_EQ_OP 8 a=&l->head b=&n->next else C",
                        "CPU_COMPARE_EQ_OP 4 a=&l->level b=&i else D");
    }

    @Test
    void negatedAndJoinedConditions() {
        assertThat(
                        transaction(
                                "percpu Slot l, u64 x",
                                "require !(l->count == x) else A; require !(l->count != x) && x > 3 && l->level == 1 else B; if !!(l->count == x) && !(l->level == 1 || l->count == 2) then"))
                .containsExactly(
                        "CPU_COMPARE_NE_OP 8 a=&l->count b=&x else A",
                        "CPU_COMPARE_EQ_OP 8 a=&l->count b=&x else B",
                        "decide x > 3 else B",
                        "CPU_COMPARE_EQ_OP 4 a=&l->level b=cell(1) else B",
                        "CPU_COMPARE_EQ_OP 8 a=&l->count b=&x else MISMATCH",
                        "CPU_COMPARE_NE_OP 4 a=&l->level b=cell(1) else MISMATCH",
                        "CPU_COMPARE_NE_OP 8 a=&l->count b=cell(2) else MISMATCH");
    }

    @Test
    void conditionsOnParametersAreDecisions() {
        assertThat(
                        transaction(
                                "u64 *p, u64 x, i8 y, bool b, Node *n",
                                "require x < 3 || b else A; require !b else A; require n != null else B; require y == -1 else B; require x == 2 && y > 0 else C; *p = 1;"))
                .containsExactly(
                        "decide x < 3 || b else A",
                        "decide !b else A",
                        "decide n != null else B",
                        "decide y == -1 else B",
                        "decide x == 2 else C",
                        "decide y > 0 else C",
                        "CPU_MEMCPY_OP 8 dst=p src=cell(1)");
    }

    @Test
    void checksAndConditionsKeepTheirOrder() {
        assertThat(
                        transaction(
                                "percpu Slot l, u32 i, u64 x, u64 y",
                                "require x != 0 else A; let q = y / x; l->cell[i] = q; require l->count == y % (x + 1) else B; require i < 3 else C;"))
                .containsExactly(
                        "decide x != 0 else A",
                        "check x != 0",
                        "let q = y / x",
                        "check i in 0..4",
                        "check x + 1 != 0",
                        "CPU_COMPARE_EQ_OP 8 a=&l->count b=cell(y % (x + 1)) else B",
                        "decide i < 3 else C",
                        "CPU_MEMCPY_OP 8 dst=&l->cell[i] src=cell(q)");
    }

    @Test
    void nestedGuards() {
        VectorUnit unit = unit(
                transactionText(
                        "u64 *a, u64 *b",
                        "require *a == 1 else EARLY; if *a == 1 then { if *b == 2 then { require *b != 3 else LATE; require *a != 4 else EARLY; } } "));

        assertThat(unit.outcomes())
                .extracting(each -> each.number() + " " + each.name())
                .containsExactly("1 EARLY", "2 MISMATCH", "3 LATE");
    }

    @Test
    void guardsBehindStoresToOtherMemory() {
        assertThat(
                        transaction(
                                "percpu Slot l, percpu Other o, u32 i, u32 j",
                                "l->count = 1; l->first.data = 1; l->cell[1] = 1; l->pair[i].left = 1; require l->level == 2 else A; require l->first.next == null else A; require l->cell[2] == 1 else A; require o->count == 1 else A; require l->pair[j].right == 1 else A;"))
                .startsWith("check i in 0..4", "CPU_COMPARE_EQ_OP 4 a=&l->level b=cell(2) else A")
                .hasSize(2 + 4 + 1 + 4);
    }

    /** A scalar has a cell; what is read behind a reset is known, but in a whole that is reached otherwise. */
    @Test
    void resetsAreStores() {
        assertThat(transaction(
                        "percpu Slot l, u64 *p, u32 i",
                        "reset l->count; reset l->cell; reset l->pair[1]; *p = l->count + l->cell[2] + 1; reset *p;"))
                .containsExactly(
                        "CPU_MEMCPY_OP 8 dst=&l->count src=cell(0)",
                        "CPU_MEMCPY_OP 32 dst=&l->cell src=initial(l->cell)",
                        "CPU_MEMCPY_OP 8 dst=&l->pair[1] src=initial(l->pair[1])",
                        "CPU_MEMCPY_OP 8 dst=p src=cell(1)",
                        "CPU_MEMCPY_OP 8 dst=p src=cell(0)");
    }

    @Test
    void barriersStandAmongTheStores() {
        assertThat(transaction("u64 *p", "*p = 1; barrier; *p = 2; barrier;"))
                .containsExactly(
                        "CPU_MEMCPY_OP 8 dst=p src=cell(1)",
                        "CPU_MB_OP 0",
                        "CPU_MEMCPY_OP 8 dst=p src=cell(2)",
                        "CPU_MB_OP 0");
    }

    @Test
    void bindings() {
        assertThat(
                        transaction(
                                "u64 *p, u64 x, i32 i",
                                "let n = 5; let y = x + n; let yes = true; let small = u8(n); *p = y * n; *p = small; require yes == (i > n) else A;"))
                .containsExactly(
                        "let y = x + 5",
                        "decide true == i > 5 else A",
                        "CPU_MEMCPY_OP 8 dst=p src=cell(y * 5)",
                        "CPU_MEMCPY_OP 8 dst=p src=cell(5)");
    }

    @Test
    void constantsSizesAndCasts() {
        assertThat(
                        transaction(
                                "byte *p, uptr a, u64 *q, Node *n",
                                "*q = sizeof(Node); *q = sizeof(u32) * FIVE; *cast<u32*>(p) = u32(7); *cast<u16*>(a) = 1; *q = a; *q = u64(uptr(0)); cast<Node*>(p)->data = 2; *q = u8(255) + 1; *cast<byte**>(p) = n; *cast<uptr*>(p) = uptr(n);"))
                .containsExactly(
                        "CPU_MEMCPY_OP 8 dst=q src=cell(16)",
                        "CPU_MEMCPY_OP 8 dst=q src=cell(20)",
                        "CPU_MEMCPY_OP 4 dst=cast<u32 *>(p) src=cell(7)",
                        "CPU_MEMCPY_OP 2 dst=cast<u16 *>(a) src=cell(1)",
                        "CPU_MEMCPY_OP 8 dst=q src=cell(u64(a))",
                        "CPU_MEMCPY_OP 8 dst=q src=cell(0)",
                        "CPU_MEMCPY_OP 8 dst=&cast<Node *>(p)->data src=cell(2)",
                        "CPU_MEMCPY_OP 8 dst=q src=cell(0)",
                        "CPU_MEMCPY_OP 8 dst=cast<byte **>(p) src=cell(cast<byte *>(n))",
                        "CPU_MEMCPY_OP 8 dst=cast<uptr *>(p) src=cell(uptr(n))");
    }

    @Test
    void conversionsThatKeepBytesMayReadMemory() {
        assertThat(
                        transaction(
                                "percpu Slot l, byte **p, u32 *u, byte *b, u8 *v",
                                "require l->last.next == *p else A; *p = l->head; l->level = i32(*u); *b = *v; l->address = uptr(l->head); "))
                .containsExactly(
                        "CPU_COMPARE_EQ_OP 8 a=&l->last.next b=p else A",
                        "CPU_MEMCPY_OP 8 dst=p src=&l->head",
                        "CPU_MEMCPY_OP 4 dst=&l->level src=u",
                        "CPU_MEMCPY_OP 1 dst=b src=v",
                        "CPU_MEMCPY_OP 8 dst=&l->address src=&l->head");
    }

    @Test
    void rawOperations() {
        assertThat(
                        vector(
                                "byte *p, byte *q, i64 n, u64 mask, u32 bits, u32 len max 16",
                                "compare_eq(p, q, len); compare_ne(p, fault(q), 8); memcpy(fault(p), fault(q), len); add(p, n, 8); add(p, -1, 4); or(p, mask, 8); and(p, 0xff, 1); xor(fault(p), n, 2); lshift(p, bits, 8); rshift(p, 63, 8); barrier;"))
                .containsExactly(
                        "check len <= 16",
                        "CPU_COMPARE_EQ_OP len a=p b=q",
                        "CPU_COMPARE_NE_OP 8 a=p b=q(fault)",
                        "CPU_MEMCPY_OP len dst=p(fault) src=q(fault)",
                        "CPU_ADD_OP 8 p=p count=n",
                        "CPU_ADD_OP 4 p=p count=-1",
                        "CPU_OR_OP 8 p=p mask=mask",
                        "CPU_AND_OP 1 p=p mask=255",
                        "CPU_XOR_OP 2 p=p(fault) mask=u64(n)",
                        "CPU_LSHIFT_OP 8 p=p bits=bits",
                        "CPU_RSHIFT_OP 8 p=p bits=63",
                        "CPU_MB_OP 0");
    }

    @Test
    void rawAddresses() {
        assertThat(
                        vector(
                                "percpu Slot l, u64 expected, Node *n, u32 i",
                                "compare_eq(&l->count, &expected, 8); memcpy(&l->cell[i], &n->data, 8); memcpy(&expected, &l->count, 8); memcpy(&l->raw[60], (&l->grid[0][0]), 3);"))
                .containsExactly(
                        "check i in 0..4",
                        "CPU_COMPARE_EQ_OP 8 a=&l->count b=&expected",
                        "CPU_MEMCPY_OP 8 dst=&l->cell[i] src=&n->data",
                        "CPU_MEMCPY_OP 8 dst=&expected src=&l->count",
                        "CPU_MEMCPY_OP 3 dst=&l->raw[60] src=&l->grid[0][0]");
    }

    @Test
    void aParameterHasOneCell() {
        VectorUnit unit =
                unit("vector v(byte *p, u64 x, u64 y) { memcpy(&x, p, 8); memcpy(p, &y, 8); memcpy(p, &x, 8); }");
        VectorPath path = unit.paths().get(0);

        assertThat(unit.cells()).hasSize(2);
        assertThat(path.writes().get(0).operands().get(0).address())
                .isEqualTo(path.writes().get(2).operands().get(1).address());
    }

    @Test
    void rolesSayWhatOperationsAreFor() {
        VectorPath path = unit(transactionText("u64 *p", "require *p == 1 else A; *p = 2; *p += 1; barrier;"))
                .paths()
                .get(0);

        assertThat(path.operations())
                .extracting(Operation::role)
                .containsExactly(Role.GUARD, Role.WRITE, Role.WRITE, Role.BARRIER);
    }

    @Test
    void rawOperationsKeepTheirOrder() {
        VectorPath path = unit("vector v(byte *p, byte *q) { memcpy(p, q, 8); compare_eq(p, q, 8); add(p, 1, 8); }")
                .paths()
                .get(0);

        assertThat(path.operations())
                .extracting(each -> each.code().constant())
                .containsExactly("CPU_MEMCPY_OP", "CPU_COMPARE_EQ_OP", "CPU_ADD_OP");
    }

    private List<String> transaction(String parameters, String body) {
        return VectorText.of(unit(transactionText(parameters, body)).paths().get(0));
    }

    private static String transactionText(String parameters, String body) {
        return "transaction t(" + parameters + ") { " + body + " }";
    }

    private List<String> vector(String parameters, String body) {
        return VectorText.of(
                unit("vector v(" + parameters + ") { " + body + " }").paths().get(0));
    }

    private VectorUnit unit(String text) {
        VectorProgram program = Sources.program(folder, DEFINITIONS + text);
        return program.units().get(0);
    }
}
