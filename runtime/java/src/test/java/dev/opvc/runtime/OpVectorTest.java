// SPDX-License-Identifier: Apache-2.0
package dev.opvc.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.opvc.runtime.conformance.TestRegion;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class OpVectorTest {
    @Test
    void eachThreadHasItsOwn() {
        OpVector mine = OpVector.begin();
        OpVector other = CompletableFuture.supplyAsync(() -> OpVector.begin().barrier(), OpVectorTest::inNewThread)
                .join();
        assertThat(OpVector.begin()).isSameAs(mine);
        assertThat(other).isNotSameAs(mine);
        assertThatThrownBy(() -> other.execute(0))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("belongs to");
    }

    private static void inNewThread(Runnable work) {
        new Thread(work).start();
    }

    @Test
    void beginEmptiesIt() {
        OpVector.begin().barrier().barrier();
        assertThat(OpVector.begin().size()).isZero();
        assertThat(OpVector.begin().execute(0)).isZero();
    }

    @Test
    void cellsHoldTheLowBytesOfValues() {
        OpVector vector = OpVector.begin();
        long bits = 0x8899_AABB_CCDD_EEFFL;
        assertThat(Memory.getByte(vector.cell(bits, 1))).isEqualTo((byte) bits);
        assertThat(Memory.getShort(vector.cell(bits, 2))).isEqualTo((short) bits);
        assertThat(Memory.getInt(vector.cell(bits, 4))).isEqualTo((int) bits);
        long cell = vector.cell(bits, 8);
        assertThat(Memory.getLong(cell)).isEqualTo(bits);
        assertThat(cell % 8).isZero();
        assertThatThrownBy(() -> vector.cell(1, 3)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void roomHoldsWhatAVectorCanCopyAtMost() {
        OpVector vector = OpVector.begin();
        long whole = vector.room(CpuOp.CPU_OP_DATA_LEN_MAX);
        long before = whole + CpuOp.CPU_OP_DATA_LEN_MAX;
        for (int i = 1; i < CpuOp.CPU_OP_VEC_LEN_MAX; i++) {
            long room = vector.room(1);
            assertThat(room % Long.BYTES).isZero();
            assertThat(room).isEqualTo(before);
            before = room + Long.BYTES;
        }
        int left = OpVector.ROOM_MAX - CpuOp.CPU_OP_DATA_LEN_MAX - (CpuOp.CPU_OP_VEC_LEN_MAX - 1) * Long.BYTES;
        assertThatThrownBy(() -> vector.room(left + 1))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("of which " + left + " are left");
        assertThatThrownBy(() -> vector.room(-1)).isInstanceOf(IllegalStateException.class);
        vector.room(left);
        assertThatThrownBy(() -> vector.room(1)).isInstanceOf(IllegalStateException.class);
        assertThat(OpVector.begin().room(1)).isEqualTo(whole);
    }

    @Test
    void cellsAreDistinctAndLimited() {
        OpVector vector = OpVector.begin();
        long[] cells = new long[OpVector.CELLS_MAX];
        for (int i = 0; i < cells.length; i++) {
            cells[i] = vector.cell(i, 8);
        }
        for (int i = 0; i < cells.length; i++) {
            assertThat(Memory.getLong(cells[i])).isEqualTo(i);
        }
        assertThatThrownBy(() -> vector.cell(0, 8))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("48 cells");
    }

    @Test
    void operationsAreLimited() {
        OpVector vector = OpVector.begin();
        for (int i = 0; i < CpuOp.CPU_OP_VEC_LEN_MAX; i++) {
            vector.barrier();
        }
        assertThatThrownBy(vector::barrier).isInstanceOf(IllegalStateException.class);
        assertThat(vector.size()).isEqualTo(CpuOp.CPU_OP_VEC_LEN_MAX);
        assertThat(vector.execute(0)).isZero();
    }

    @Test
    void everyMethodDoesItsOperation() {
        OpVector vector = OpVector.begin();
        long word = vector.cell(0xF0, 8);
        long copy = vector.cell(0, 8);
        vector.add(word, 0x0F, 8)
                .or(word, 0x100, 8)
                .and(word, 0x1F0, 8)
                .xor(word, 0x010, 8)
                .lshift(word, 4, 8)
                .rshift(word, 5, 8)
                .barrier()
                .memcpy(copy, word, 8)
                .compareEq(copy, word, 8)
                .compareNe(copy, word, 8);
        assertThat(vector.execute(0)).isEqualTo(10);
        assertThat(Memory.getLong(copy)).isEqualTo(0xF0);
    }

    @Test
    void faultsNameOperationOperandAndAddress() {
        assertFault(1, "a", false, vector -> vector.compareEq(8, vector.cell(0, 8), 8));
        assertFault(
                1,
                "a",
                true,
                vector -> vector.compareNe(8, vector.cell(0, 8), 8).expectFaultA());
        assertFault(
                1,
                "b",
                true,
                vector -> vector.compareEq(vector.cell(0, 8), 8, 8).expectFaultB());
        assertFault(
                2,
                "dst",
                true,
                vector -> vector.barrier().memcpy(8, vector.cell(0, 8), 8).expectFaultDst());
        assertFault(
                1, "src", true, vector -> vector.memcpy(vector.cell(0, 8), 8, 8).expectFaultSrc());
        assertFault(1, "p", true, vector -> vector.add(8, 1, 8).expectFaultP());
        assertFault(1, "p", true, vector -> vector.xor(8, 1, 8).expectFaultP());
        assertFault(1, "p", true, vector -> vector.lshift(8, 1, 8).expectFaultP());
        assertFault(1, "p", false, vector -> vector.rshift(8, 1, 8));
    }

    /** What was read may have changed: then it does not matter what lies where it led. */
    @Test
    void aComparisonThatDoesNotHoldIsTheAnswerBeforeAFaultBehindIt() {
        for (boolean expected : new boolean[] {true, false}) {
            OpVector vector = OpVector.begin();
            long read = vector.cell(1, 8);
            vector.compareEq(read, vector.cell(2, 8), 8).add(8, 1, 8);
            if (expected) {
                vector.expectFaultP();
            }
            assertThat(vector.execute(0, 1)).isEqualTo(1);
            Memory.putLong(read, 2);
            assertThatThrownBy(() -> vector.execute(0, 1))
                    .isInstanceOfSatisfying(
                            MemoryFaultException.class,
                            fault -> assertThat(fault.getMessage()).contains(expected ? "EAGAIN" : "EFAULT"));
        }
    }

    /** Generated code knows what may fault, and is asked about nothing else. */
    @Test
    void whatIsBuiltAndPinnedIsFoundToFault() {
        OpVector vector = OpVector.beginBuilt();
        long cell = vector.cell(1, 8);
        vector.add(cell, 1, 8).memcpy(cell, 8, 8).pin();
        assertThat(vector.executeRaw(0)).isEqualTo(-CpuOpv.EFAULT);
        vector.expectFaultSrc();
        assertThat(vector.executeRaw(0)).isEqualTo(-CpuOpv.EAGAIN);
        assertThat(Memory.getLong(cell)).isEqualTo(1);
    }

    @Test
    void whatIsBuiltWithoutPinsIsExecuted() {
        OpVector vector = OpVector.beginBuilt();
        long cell = vector.cell(1, 8);
        vector.add(cell, 1, 8).compareNe(cell, cell, 8);
        assertThat(vector.execute(0)).isEqualTo(2);
        assertThat(Memory.getLong(cell)).isEqualTo(2);
    }

    /** In production nobody looks; under assertions, as here, a builder that has left something out is found. */
    @Test
    void whatIsBuiltWronglyIsAnAssertionError() {
        long cell = OpVector.beginBuilt().cell(1, 8);
        assertThatThrownBy(() -> OpVector.beginBuilt().add(8, 1, 8).execute(0)).isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> OpVector.beginBuilt().add(cell, 1, 3).execute(0))
                .isInstanceOf(AssertionError.class);
        OpVector loaded = OpVector.beginBuilt()
                .compareEq(cell, cell, 8)
                .memcpy(cell, cell, 8)
                .pin();
        assertThat(loaded.load(0, 1)).isZero();
        loaded.memcpy(cell, 8, 8);
        assertThatThrownBy(() -> loaded.execute(0)).isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> OpVector.beginBuilt().pin()).isInstanceOf(IllegalStateException.class);
    }

    private static void assertFault(int operation, String operand, boolean expected, Consumer<OpVector> operations) {
        OpVector vector = OpVector.begin();
        operations.accept(vector);
        assertThat(vector.executeRaw(0)).isEqualTo(expected ? -CpuOpv.EAGAIN : -CpuOpv.EFAULT);
        assertThatThrownBy(() -> vector.execute(0)).isInstanceOfSatisfying(MemoryFaultException.class, fault -> {
            assertThat(fault.operation()).isEqualTo(operation);
            assertThat(fault.operand()).isEqualTo(operand);
            assertThat(fault.address()).isEqualTo(8);
            assertThat(fault.isExpected()).isEqualTo(expected);
            assertThat(fault).hasMessageContaining(operand + " of operation " + operation);
        });
    }

    @Test
    void marksMustFitTheOperation() {
        assertThatThrownBy(() -> OpVector.begin().expectFaultP()).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> OpVector.begin().barrier().expectFaultP()).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> OpVector.begin().add(0, 0, 8).expectFaultDst())
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void brokenLimitsAreSaid() {
        OpVector vector = OpVector.begin();
        long word = vector.cell(0, 8);
        assertThatThrownBy(() -> vector.add(word, 1, 3).execute(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("EINVAL")
                .hasMessageContaining("operation 1")
                .hasMessageContaining("CPU_ADD_OP")
                .hasMessageContaining("not 1, 2, 4 or 8");
        assertThatThrownBy(() -> OpVector.begin().barrier().lshift(word, 8, 1).execute(0))
                .hasMessageContaining("operation 2");
        assertThatThrownBy(() ->
                        OpVector.begin().memcpy(0, 0, 4096).memcpy(0, 0, 121).execute(0))
                .hasMessageContaining("4217 bytes");
        assertThatThrownBy(() -> OpVector.begin().execute(-1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void foreignMemoryWorksAndItsProtectionCounts() {
        try (TestRegion region = new TestRegion(1)) {
            assertThat(OpVector.begin().add(region.address(), 7, 8).execute(0)).isZero();
            assertThat(Memory.getLong(region.address())).isEqualTo(7);
            region.protect(0, true);
            assertThat(OpVector.begin().add(region.address(), 7, 8).executeRaw(0))
                    .isEqualTo(-CpuOpv.EFAULT);
        }
    }

    @Test
    void listsItsOperations() {
        assertThat(OpVector.begin().add(0x1000, -5, 4).expectFaultP().barrier().lshift(0x20, 3, 2))
                .hasToString(String.join(
                        System.lineSeparator(),
                        "vector of 3 operations",
                        "1: CPU_ADD_OP len=4 p=0x1000 (fault expected) count=-5",
                        "2: CPU_MB_OP",
                        "3: CPU_LSHIFT_OP len=2 p=0x20 bits=3"));
    }
}
