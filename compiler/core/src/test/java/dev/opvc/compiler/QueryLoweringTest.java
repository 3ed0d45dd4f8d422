// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.opvc.compiler.explain.OpvText;
import dev.opvc.compiler.model.Abi;
import dev.opvc.compiler.vector.Operation;
import dev.opvc.compiler.vector.QueryUnit;
import dev.opvc.compiler.vector.Role;
import dev.opvc.runtime.CpuOp;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What queries copy of a slot, and that this is held to the limits. */
class QueryLoweringTest {
    private static final String SLOT = """
            struct Node { u64 data; }
            struct Pair { u32 left; u64 right; }
            percpu struct Slot {
                u64 a; u64 b; u32 c; u32 d; u64 e; Node *head; u8 tiny; u64 f; Pair pair; u64 cell[4]; u64 rows[2][3];
                u32 index;
            }
            """;

    @TempDir
    Path folder;

    @Test
    void neighboursAreCopiedTogether() {
        assertThat(copies("x = sum(l->a) + sum(l->b);")).containsExactly("l->a, l->b: 16");
        assertThat(copies("x = sum(l->b) + sum(l->a);")).containsExactly("l->a, l->b: 16");
        assertThat(copies("x = sum(l->a) + sum(l->e);")).containsExactly("l->a: 8", "l->e: 8");
        assertThat(copies("x = sum(l->b + u64(l->c) + u64(l->d) + l->e);"))
                .containsExactly("l->b, l->c, l->d, l->e: 24");
    }

    /** In memory that begins 8-aligned, e would not lie right behind d: d begins in the middle of 8 bytes. */
    @Test
    void whatWouldLieElsewhereIsNot() {
        assertThat(copies("x = sum(u64(l->d) + l->e);")).containsExactly("l->d: 4", "l->e: 8");
    }

    /** Behind a pointer of 4 bytes a byte of padding is another than behind one of 8. */
    @Test
    void neighboursAreSoOnEveryMachine() {
        assertThat(copies("x = sum(l->e); y = any(l->head != null); z = sum(l->tiny);"))
                .containsExactly("l->e, l->head, l->tiny: 17");
        assertThat(copies("x = sum(u64(l->tiny) + l->f);")).containsExactly("l->tiny: 1", "l->f: 8");
    }

    @Test
    void whatLiesInAnotherPlaceIsCopiedWithThat() {
        assertThat(copies("x = sum(l->cell[1]) + sum(l->cell[i]) + sum(l->cell[l->index]);"))
                .containsExactly("l->cell: 32", "l->index: 4");
        assertThat(copies("x = sum(l->cell[i]) + max(l->cell[i]);")).containsExactly("l->cell[i]: 8");
        assertThat(copies("x = sum(l->rows[i][l->index]);")).containsExactly("l->index: 4", "l->rows[i]: 24");
        assertThat(copies("x = sum(l->rows[i][1]) + sum(l->rows[i][l->index]);"))
                .containsExactly("l->index: 4", "l->rows[i]: 24");
        assertThat(copies("x = sum(u64(l->pair.left));")).containsExactly("l->pair.left: 4");
    }

    /** The index is looked at only where the left side holds, which is known once the copy is there. */
    @Test
    void whatMayBeOutOfRangeIsCopiedWhole() {
        assertThat(copies("y = any(i < 4 && l->cell[i] > 1);")).containsExactly("l->cell: 32");
        assertThat(copies("y = any(l->cell[i] > 1 && i < 4);")).containsExactly("l->cell[i]: 8");
    }

    @Test
    void theSameFoldIsDoneOnce() {
        QueryUnit query = query("let n = sum(l->a); x = sum(l->a) + n; y = sum(l->a) > 5 || max(l->a) > 6;");
        assertThat(query.folds()).hasSize(2);
    }

    @Test
    void sixteenCopiesAndNotSeventeen() {
        assertThat(Sources.texts(Sources.compile(folder, manyFields(CpuOp.CPU_OP_VEC_LEN_MAX))))
                .isEmpty();
        assertThat(Sources.texts(Sources.compile(folder, manyFields(CpuOp.CPU_OP_VEC_LEN_MAX + 1))))
                .singleElement()
                .asString()
                .contains("OPV0401 `q` needs 17 operations; the limit is 16");
    }

    /** Fields with others between them. */
    private static String manyFields(int count) {
        String fields = IntStream.range(0, count)
                .mapToObj(i -> "u64 f" + i + "; u64 other" + i + "; ")
                .collect(Collectors.joining());
        String sums =
                IntStream.range(0, count).mapToObj(i -> "sum(s->f" + i + ")").collect(Collectors.joining(" + "));
        return "percpu struct S { " + fields + "}\nquery q(percpu S s) returns (u64 n) { n = " + sums + "; }\n";
    }

    @Test
    void bytesOfOneCopyAndOfAll() {
        assertThat(limits(4096, 120)).isEmpty();
        assertThat(limits(4097, 1)).singleElement().asString().contains("OPV0402 CPU_MEMCPY_OP of 4097 bytes");
        assertThat(limits(4096, 121))
                .singleElement()
                .asString()
                .contains("OPV0403 the operations of `q` work on 4217 bytes; the limit is 4216");
    }

    private List<String> limits(int first, int second) {
        return Sources.texts(Sources.compile(folder, """
                percpu struct S { u8 a[%1$d]; u8 b[%2$d]; }
                query q(percpu S s) returns (u8 a[%1$d], u8 b[%2$d]) { a = max(s->a); b = max(s->b); }
                """.formatted(first, second)));
    }

    /** What is copied, with its bytes where pointers have 8. */
    private List<String> copies(String body) {
        return query(body).operations().stream().map(QueryLoweringTest::text).toList();
    }

    private static String text(Operation operation) {
        assertThat(operation.role()).isEqualTo(Role.READ);
        Operation.Copy copy = (Operation.Copy) operation;
        String cell = new OpvText(Abi.LP64).address(copy.dst().address());
        return cell.substring("cell(".length(), cell.length() - 1) + ": "
                + copy.length().max(Abi.LP64);
    }

    private QueryUnit query(String body) {
        String x = body.contains("x = ") ? "" : "x = u64(i); ";
        String y = body.contains("y = ") ? "" : "y = i == 0; ";
        String z = body.contains("z = ") ? "" : "z = 0; ";
        String head = "query q(percpu Slot l, u32 i) returns (u64 x, bool y, u8 z) { ";
        return Sources.program(folder, SLOT + head + body + x + y + z + "}\n")
                .queries()
                .get(0);
    }
}
