// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.opvc.compiler.vector.Operation;
import dev.opvc.compiler.vector.VectorPath;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What choices, memory behind pointers that are read, and memory that was written before become. */
final class PathsTest {
    private static final String DEFINITIONS = """
            struct Inner { u32 low; u32 high; }
            struct Node { Node *next; u64 data; f64 weight; bool open; Inner inner; }
            struct Words { u32 word[8]; }
            struct Outer { Node node; }
            struct Slots { Words rows[4]; }
            struct Big { u64 data[9]; }
            percpu struct Slot { u64 count; u64 total; u64 limit; Node *head; Node *tail; u64 cell[4]; Node whole; Words rows[4];
                Outer outer; }
            """;

    @TempDir
    Path folder;

    @Test
    void eachWayIsAVector() {
        List<VectorPath> paths = paths(
                "percpu Slot l, u64 x",
                "l->total += x; if x == 1 then { l->count = 1; } else if l->limit < x then { l->count = 2; } else {}"
                        + " l->count += 3;");

        assertThat(paths)
                .extracting(path -> String.join(" && ", path.when()))
                .containsExactly("x == 1", "!(x == 1) && l->limit < x", "!(x == 1) && !(l->limit < x)");
        assertThat(VectorText.of(paths.get(0)))
                .containsExactly(
                        "CPU_ADD_OP 8 p=&l->total count=i64(x)",
                        "CPU_MEMCPY_OP 8 dst=&l->count src=cell(1)",
                        "CPU_ADD_OP 8 p=&l->count count=3");
        assertThat(VectorText.of(paths.get(2)))
                .containsExactly(
                        "read l->limit", "CPU_ADD_OP 8 p=&l->total count=i64(x)", "CPU_ADD_OP 8 p=&l->count count=3");
    }

    @Test
    void aKnownConditionMakesNoPath() {
        assertThat(paths("percpu Slot l", "if true then { l->count = 1; } else { l->count = 2; }"))
                .hasSize(1);
    }

    /** On the path that does not read the place, the condition on it stays a comparison of the vector. */
    @Test
    void whatOnlyTheOtherPathReadsIsCompared() {
        List<VectorPath> paths = paths(
                "percpu Slot l, u64 x",
                "if x == 1 then { l->total = l->count + 1; } else { require l->count == x else OTHER; }");

        assertThat(VectorText.of(paths.get(1))).containsExactly("CPU_COMPARE_EQ_OP 8 a=&l->count b=&x else OTHER");
    }

    @Test
    void neighboursBehindAPointerAreLoadedTogether() {
        VectorPath path = paths(
                        "percpu Slot l",
                        "let head = l->head; let next = head->next; let data = head->data + 1;"
                                + " let weight = head->weight * 2.0; l->total = data + u64(weight) + next->data;")
                .get(0);

        assertThat(VectorText.of(path))
                .containsExactly(
                        "read l->head",
                        "load l->head->next, l->head->data, l->head->weight",
                        "let data = l->head->data + 1",
                        "let weight = l->head->weight * 2.0",
                        "load l->head->next->data",
                        "CPU_MEMCPY_OP 8 dst=&l->total src=cell(data + u64(weight) + l->head->next->data)");
        assertThat(path.loads()).hasSize(2);
        assertThat(path.loads().get(1))
                .extracting(operation ->
                        operation.code().constant() + " " + operation.role().label())
                .containsExactly(
                        "CPU_COMPARE_EQ_OP validate",
                        "CPU_COMPARE_EQ_OP validate",
                        "CPU_COMPARE_EQ_OP validate",
                        "CPU_COMPARE_EQ_OP validate",
                        "CPU_MEMCPY_OP load");
        assertThat(path.conditions()).hasSize(5);
    }

    /** A decision may be what makes the pointer good: nothing behind it is loaded before. */
    @Test
    void decisionsStandBetweenLoads() {
        assertThat(VectorText.of(paths(
                                "percpu Slot l",
                                "let head = l->head; require head->open else CLOSED; l->total = head->data + 1;")
                        .get(0)))
                .startsWith(
                        "read l->head", "load l->head->open", "decide l->head->open else CLOSED", "load l->head->data");
    }

    @Test
    void guardsStandInLoadingVectorsToo() {
        VectorPath path = paths("percpu Slot l, u64 x", "if l->count == x then l->total = l->head->data + 1;")
                .get(0);

        assertThat(path.loads().get(0))
                .extracting(operation -> operation.role().label())
                .containsExactly("guard", "validate", "load");
        assertThat(path.loads().get(0).get(2).operands())
                .extracting(Operation.Operand::expectFault)
                .containsExactly(false, true);
    }

    @Test
    void aRightSideThatMayFaultMakesAPath() {
        List<VectorPath> paths =
                paths("Node *p, u64 *out, bool *open", "let big = p != null && p->data > 3; *open = big; *out = 1;");

        assertThat(paths)
                .extracting(path -> String.join(" && ", path.when()))
                .containsExactly("p != null", "!(p != null)");
        assertThat(VectorText.of(paths.get(0)))
                .containsExactly(
                        "read p->data",
                        "let big = p->data > 3",
                        "CPU_MEMCPY_OP 1 dst=open src=cell(big)",
                        "CPU_MEMCPY_OP 8 dst=out src=cell(1)");
        assertThat(VectorText.of(paths.get(1)))
                .containsExactly("CPU_MEMCPY_OP 1 dst=open src=cell(false)", "CPU_MEMCPY_OP 8 dst=out src=cell(1)");
    }

    @Test
    void aRightSideThatCannotFailMakesNone() {
        assertThat(paths("percpu Slot l, u64 x", "require x == 0 || l->count > x && l->total < 5 else NO;"))
                .hasSize(1);
    }

    /** What stands before the right side in its statement happens once, and before it. */
    @Test
    void conditionsBeforeALazyOneAreNotRepeated() {
        List<VectorPath> paths =
                paths("percpu Slot l, Node *p, u64 x", "require l->count == x && (p == null || p->data == x) else NO;");

        assertThat(VectorText.of(paths.get(0))).containsExactly("CPU_COMPARE_EQ_OP 8 a=&l->count b=&x else NO");
        assertThat(VectorText.of(paths.get(1)))
                .containsExactly(
                        "CPU_COMPARE_EQ_OP 8 a=&l->count b=&x else NO", "read p->data", "decide p->data == x else NO");
    }

    @Test
    void twoPointersAreComparedAtRunTime() {
        assertThat(VectorText.of(paths("u64 *a, u64 *b", "*a = 5; let v = *b + 1; *b = v;")
                        .get(0)))
                .startsWith(
                        "read *b",
                        "check 8 bytes at a apart from *b or the same",
                        "let b_value = select(a == b, 5, *b)");
    }

    @Test
    void otherWidthsAndTypesMustBeApart() {
        assertThat(VectorText.of(paths("u64 *a, u32 *b", "*a = 5; *b = *b * 2;").get(0)))
                .startsWith("read *b", "check 8 bytes at a apart from *b", "CPU_MEMCPY_OP 8 dst=a src=cell(5)");
        assertThat(VectorText.of(
                        paths("f64 *a, u64 *b", "*a = 5.0; *b = *b * 2;").get(0)))
                .startsWith("read *b", "check 8 bytes at a apart from *b", "CPU_MEMCPY_OP 8 dst=a src=cell(5.0)");
    }

    @Test
    void indicesThatAreNotKnownAreComparedAtRunTime() {
        assertThat(VectorText.of(paths("percpu Slot l, u32 i, u32 j", "l->cell[i] += 7; l->total = l->cell[j] * 2;")
                        .get(0)))
                .startsWith(
                        "check i in 0..4",
                        "check j in 0..4",
                        "read l->cell[j]",
                        "check 8 bytes at &l->cell[i] apart from l->cell[j] or the same",
                        "let cell = select(&l->cell[i] == &l->cell[j], l->cell[j] + 7, l->cell[j])");
    }

    @Test
    void aFieldOfWhatWasCopiedWholeIsThatOfItsSource() {
        assertThat(VectorText.of(paths("percpu Slot l, Node *n", "l->whole = *n; l->total = l->whole.data + 1;")
                        .get(0)))
                .containsExactly(
                        "read n->data",
                        "CPU_MEMCPY_OP 40 dst=&l->whole src=n",
                        "CPU_MEMCPY_OP 8 dst=&l->total src=cell(n->data + 1)");
    }

    @Test
    void bytesThatWereCopiedAreThoseOfTheirSource() {
        assertThat(VectorText.of(paths("percpu Slot l, byte *p", "memcpy(&l->count, p, 8); l->total = l->count + 1;")
                        .get(0)))
                .startsWith("read *cast<u64 *>(p)", "CPU_MEMCPY_OP 8 dst=&l->count src=p");
    }

    @Test
    void whatLiesApartInOneStructIsNotConcerned() {
        assertThat(VectorText.of(paths("Node *p, byte *q", "memcpy(p, q, 8); p->inner.high = u32(p->data);")
                        .get(0)))
                .startsWith("read p->data", "CPU_MEMCPY_OP 8 dst=p src=q");
    }

    /** What cannot leave its array is not checked; 4 elements are behind {@code cell}. */
    @Test
    void indicesThatCannotBeOutOfRangeAreNotChecked() {
        List<String> within = List.of(
                "x & 3",
                "x % 4",
                "u8(x) >> 6",
                "min(x, 3)",
                "(u32(x & 1) + 2) & 3",
                "i & 3",
                "i64(x & 2)",
                "(x & 7) >> 1");
        List<String> beyond = List.of(
                "x & 4", "x % 5", "x >> 61", "min(x, 4)", "i % 4", "i", "min(i, 3)", "(x & 3) + 1", "x % 4 - 1");

        within.forEach(
                index -> assertThat(VectorText.of(index(index))).as(index).noneMatch(step -> step.startsWith("check")));
        beyond.forEach(
                index -> assertThat(VectorText.of(index(index))).as(index).anyMatch(step -> step.startsWith("check")));
    }

    private VectorPath index(String index) {
        return paths("percpu Slot l, u64 x, i64 i", "l->cell[" + index + "] += x + u64(i);")
                .get(0);
    }

    /** Eight bytes from an element of four on are not that element alone. */
    @Test
    void bytesThatRunIntoTheNextElementAreNotApartFromIt() {
        assertThat(VectorText.of(paths(
                                "percpu Slot l, u32 i",
                                "l->rows[i].word[4] = 7; memcpy(&l->count, &l->rows[i].word[3], 8);"
                                        + " l->total = l->count + 1;")
                        .get(0)))
                .contains("check 4 bytes at &l->rows[i].word[4] apart from l->rows[i].word[3]");
    }

    /** A copy to a pointer covers what it points at only if it is as long as that. */
    @Test
    void theBeginningOfAStructMayBeAnyOfItsElementsOrNone() {
        assertThat(VectorText.of(
                        paths("Slots *p, byte *q, u32 i, u32 *out", "memcpy(p, q, 4); *out = p->rows[i].word[1] + 1;")
                                .get(0)))
                .contains("check 4 bytes at p apart from p->rows[i].word[1] or the same");
    }

    @Test
    void theBeginningOfWhatHoldsACopyIsTheBeginningOfItsSource() {
        assertThat(VectorText.of(paths(
                                "percpu Slot l, Node *n",
                                "l->outer.node = *n; memcpy(&l->count, &l->outer, 8); l->total = l->count + 1;")
                        .get(0)))
                .startsWith("read *n", "CPU_MEMCPY_OP 40 dst=&l->outer.node src=n");
    }

    /** In a copy of several blocks, one that overlaps its source may read what it has written. */
    @Test
    void aFieldOfALongCopyIsThatOfASourceThatLiesApart() {
        assertThat(VectorText.of(paths("Big *p, Big *q, u64 *out", "*p = *q; *out = p->data[8] + 1;")
                        .get(0)))
                .startsWith("check 72 bytes at p apart from *q or the same", "read q->data[8]");
    }

    @Test
    void aResultIsCopiedBehindABarrierAlsoWhereThePlaceWasReadBefore() {
        assertThat(VectorText.of(Sources.program(folder, DEFINITIONS + """
                        transaction t(percpu Slot l) returns (u64 r) {
                            let count = l->count;
                            l->total = count;
                            barrier;
                            r = l->count;
                        }
                        """)
                        .units()
                        .get(0)
                        .paths()
                        .get(0)))
                .startsWith("read l->count")
                .last()
                .asString()
                .startsWith("CPU_MEMCPY_OP 8 dst=")
                .endsWith("src=&l->count");
    }

    /** Which of two range errors is the answer depends on the order in which operands stand. */
    @Test
    void aLeftOperandComesFirstWhereBothHaveLazyPartsInThem() {
        List<VectorPath> paths = paths(
                "percpu Slot l, u64 c, u64 d, u64 x, u32 i",
                "require (c == 1 && 5 / x == 1) == (d == 1 && l->cell[i] == 1) else NO;");

        assertThat(VectorText.of(paths.get(0))).startsWith("check x != 0", "check i in 0..4", "read l->cell[i]");
        assertThat(paths.get(0).when()).containsExactly("c == 1", "d == 1");
    }

    /** It would take a check of addresses to know what the source of the copy holds. */
    @Test
    void aRightSideThatTakesACheckMakesAPath() {
        assertThat(paths(
                        "percpu Slot l, u64 *p, u64 *q, u64 x",
                        "*q = 1; l->count = *p; require x == 1 || l->count == 3 else NO;"))
                .hasSize(2);
    }

    /** An index that was loaded leads to a place as a pointer does: what is read there comes after the load. */
    @Test
    void loadsStandBeforeTheIndicesThatTheyFind() {
        assertThat(VectorText.of(paths(
                                "percpu Slot l",
                                "let head = l->head; let cell = l->cell[head->data & 3];"
                                        + " l->total = cell + u64(head->inner.low) + head->next->data;")
                        .get(0)))
                .startsWith(
                        "read l->head",
                        "load l->head->data, l->head->inner.low, l->head->next",
                        "read l->cell[l->head->data & 3]");
    }

    /** A guard is heard before what stands behind it is looked at: preparation itself must not follow the null. */
    @Test
    void behindANullThatWasStoredOnlyVectorsLook() {
        VectorPath path = paths(
                        "percpu Slot l, u64 x",
                        "l->head = null; require l->count == x else OTHER; l->total = l->head->data + 1;")
                .get(0);

        assertThat(VectorText.of(path))
                .startsWith("CPU_COMPARE_EQ_OP 8 a=&l->count b=&x else OTHER", "load null->data");
        assertThat(path.loads().get(0))
                .extracting(operation -> operation.role().label())
                .containsExactly("guard", "load");
    }

    private List<VectorPath> paths(String parameters, String body) {
        return Sources.program(folder, DEFINITIONS + "transaction t(" + parameters + ") { " + body + " }")
                .units()
                .get(0)
                .paths();
    }
}
