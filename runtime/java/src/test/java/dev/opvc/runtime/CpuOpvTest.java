// SPDX-License-Identifier: Apache-2.0
package dev.opvc.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.opvc.runtime.conformance.TestRegion;
import dev.opvc.runtime.internal.os.Affinity;
import java.util.BitSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each limit and each errno of the system call, at its edge and one beyond. */
class CpuOpvTest {
    private static final int DATA_BYTES = 16384;

    private long ops;
    private long data;
    private int cpu;
    private int count;

    @BeforeEach
    void allocate() {
        ops = Memory.allocate(32L * CpuOp.SIZE);
        data = Memory.allocate(DATA_BYTES);
        cpu = Affinity.ofCallingThread().nextSetBit(0);
    }

    @AfterEach
    void free() {
        Memory.free(ops);
        Memory.free(data);
    }

    private long op(int number, long len, long first, long second) {
        long op = ops + (long) count++ * CpuOp.SIZE;
        Memory.putInt(op + CpuOp.OP_OFFSET, number);
        Memory.putInt(op + CpuOp.LEN_OFFSET, (int) len);
        Memory.putLong(op + CpuOp.FIRST_OPERAND_OFFSET, first);
        Memory.putLong(op + CpuOp.SECOND_OPERAND_OFFSET, second);
        Memory.putLong(op + CpuOp.FIRST_EXPECT_FAULT_OFFSET, 0);
        return op;
    }

    private int call() {
        return CpuOpv.cpuOpv(ops, count, cpu, 0);
    }

    @Test
    void flagsAskForNumbersAndLookAtNothingElse() {
        assertThat(CpuOpv.cpuOpv(0, -1, -1, CpuOp.CPU_OP_NR_FLAG)).isEqualTo(CpuOp.NR_CPU_OPS);
        assertThat(CpuOpv.cpuOpv(0, 99, 1 << 30, CpuOp.CPU_OP_VEC_LEN_MAX_FLAG)).isEqualTo(CpuOp.CPU_OP_VEC_LEN_MAX);
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 1 << 31, 5, 6, -1})
    void unknownFlagsAreInvalid(int flags) {
        assertThat(CpuOpv.cpuOpv(ops, 0, cpu, flags)).isEqualTo(-CpuOpv.EINVAL);
    }

    @Test
    void anEmptyVectorDoesNothingAndNeedsNoArray() {
        assertThat(CpuOpv.cpuOpv(0, 0, cpu, 0)).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 17, Integer.MIN_VALUE, Integer.MAX_VALUE})
    void countsOutsideTheRangeAreInvalid(int invalid) {
        assertThat(CpuOpv.cpuOpv(ops, invalid, cpu, 0)).isEqualTo(-CpuOpv.EINVAL);
    }

    @Test
    void sixteenOperationsAreAllowed() {
        for (int i = 0; i < CpuOp.CPU_OP_VEC_LEN_MAX; i++) {
            op(CpuOp.CPU_ADD_OP, 8, data, i);
        }
        assertThat(call()).isZero();
        assertThat(Memory.getLong(data)).isEqualTo(120);
    }

    @Test
    void cpusThatAreNotPossibleAreInvalid() {
        op(CpuOp.CPU_ADD_OP, 8, data, 1);
        for (int invalid : new int[] {-1, Cpus.possible(), Integer.MAX_VALUE, Integer.MIN_VALUE}) {
            cpu = invalid;
            assertThat(call()).isEqualTo(-CpuOpv.EINVAL);
        }
        assertThat(Memory.getLong(data)).isZero();
    }

    @Test
    void aCpuThatTheThreadMayNotUseIsInvalid() {
        BitSet before = Affinity.ofCallingThread();
        assumeTrue(before.cardinality() > 1, "left out: needs two CPUs to be kept from one");
        BitSet one = new BitSet();
        one.set(before.nextSetBit(0));
        int forbidden = before.previousSetBit(before.length());
        op(CpuOp.CPU_ADD_OP, 8, data, 1);
        cpu = forbidden;
        try {
            assertThat(Affinity.bindCallingThread(one)).isZero();
            assertThat(call()).isEqualTo(-CpuOpv.EINVAL);
            assertThat(Memory.getLong(data)).isZero();
            assertThat(OpVector.begin().add(data, 1, 8).execute(forbidden)).isZero();
            assertThat(Memory.getLong(data)).isEqualTo(1);
        } finally {
            Affinity.bindCallingThread(before);
        }
        assertThat(call()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 10, Integer.MAX_VALUE, Integer.MIN_VALUE})
    void unknownOperationsAreInvalid(int number) {
        op(number, 8, data, data);
        assertThat(call()).isEqualTo(-CpuOpv.EINVAL);
    }

    @ParameterizedTest
    @ValueSource(ints = {CpuOp.CPU_COMPARE_EQ_OP, CpuOp.CPU_COMPARE_NE_OP, CpuOp.CPU_MEMCPY_OP})
    void dataHasALimit(int number) {
        long other = data + 2 * CpuOp.CPU_OP_DATA_LEN_MAX;
        Memory.putByte(other, (byte) 1);
        int stopped = number == CpuOp.CPU_COMPARE_EQ_OP ? 1 : 0;
        op(number, CpuOp.CPU_OP_DATA_LEN_MAX, data, other);
        assertThat(call()).isEqualTo(stopped);
        for (long tooLong : new long[] {CpuOp.CPU_OP_DATA_LEN_MAX + 1, 0x7FFF_FFFFL, 0x8000_0000L, 0xFFFF_FFFFL}) {
            count = 0;
            op(number, tooLong, data, other);
            assertThat(call()).as("len %d", tooLong).isEqualTo(-CpuOpv.EINVAL);
        }
    }

    @Test
    void wordsHaveFourSizes() {
        for (int number = CpuOp.CPU_ADD_OP; number <= CpuOp.CPU_RSHIFT_OP; number++) {
            for (long len : new long[] {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 16, 0x8000_0000L, 0xFFFF_FFFFL}) {
                count = 0;
                op(number, len, data, 1);
                boolean valid = len == 1 || len == 2 || len == 4 || len == 8;
                assertThat(call()).as("operation %d, len %d", number, len).isEqualTo(valid ? 0 : -CpuOpv.EINVAL);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"1,7", "2,15", "4,31", "8,63"})
    void shiftsStayBelowTheWidth(int len, int most) {
        for (int number : new int[] {CpuOp.CPU_LSHIFT_OP, CpuOp.CPU_RSHIFT_OP}) {
            for (long bits : new long[] {0, most, most + 1, 0x8000_0000L, 0xFFFF_FFFFL}) {
                count = 0;
                op(number, len, data, bits);
                assertThat(call()).as("bits %d", bits).isEqualTo(bits <= most ? 0 : -CpuOpv.EINVAL);
            }
        }
    }

    @Test
    void theSumOfLengthsHasALimitToWhichBarriersDoNotCount() {
        op(CpuOp.CPU_MEMCPY_OP, CpuOp.CPU_OP_DATA_LEN_MAX, data, data + 8192);
        for (int i = 0; i < 14; i++) {
            op(CpuOp.CPU_ADD_OP, 8, data, 1);
        }
        op(CpuOp.CPU_MB_OP, 0xFFFF_FFFFL, 0, 0);
        assertThat(call()).isZero();
        count--;
        long last = op(CpuOp.CPU_COMPARE_EQ_OP, 8, data, data);
        assertThat(call()).isZero();
        Memory.putInt(last + CpuOp.LEN_OFFSET, 9);
        assertThat(call()).isEqualTo(-CpuOpv.EINVAL);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 4095, -1, -4096, Long.MIN_VALUE, Long.MAX_VALUE, 0x7FFF_FFFF_F000L, -32})
    void badAddressesAreFaultsAndNeverEndTheProcess(long address) {
        for (int number = CpuOp.CPU_COMPARE_EQ_OP; number < CpuOp.CPU_MB_OP; number++) {
            count = 0;
            op(CpuOp.CPU_ADD_OP, 8, data, 1);
            long bad = op(number, 8, address, number <= CpuOp.CPU_MEMCPY_OP ? data : 1);
            assertThat(call()).as("operation %d", number).isEqualTo(-CpuOpv.EFAULT);
            boolean shift = number == CpuOp.CPU_LSHIFT_OP || number == CpuOp.CPU_RSHIFT_OP;
            Memory.putByte(bad + (shift ? CpuOp.SHIFT_EXPECT_FAULT_OFFSET : CpuOp.FIRST_EXPECT_FAULT_OFFSET), (byte) 1);
            assertThat(call()).as("operation %d", number).isEqualTo(-CpuOpv.EAGAIN);
        }
        assertThat(Memory.getLong(data)).isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 64, -1, -512, Long.MIN_VALUE, Long.MAX_VALUE - 7})
    void aBadArrayIsAFault(long address) {
        assertThat(CpuOpv.cpuOpv(address, 16, cpu, 0)).isEqualTo(-CpuOpv.EFAULT);
    }

    @Test
    void anArrayThatRunsIntoAMissingPageIsAFault() {
        try (TestRegion region = new TestRegion(2)) {
            region.protect(1, false);
            long array = region.address() + TestRegion.PAGE_BYTES - CpuOp.SIZE;
            Memory.putInt(array, CpuOp.CPU_MB_OP);
            assertThat(CpuOpv.cpuOpv(array, 1, cpu, 0)).isZero();
            assertThat(CpuOpv.cpuOpv(array, 2, cpu, 0)).isEqualTo(-CpuOpv.EFAULT);
        }
    }

    @Test
    void lengthZeroTouchesNothing() {
        op(CpuOp.CPU_COMPARE_EQ_OP, 0, 0, -1);
        op(CpuOp.CPU_MEMCPY_OP, 0, 0, Long.MIN_VALUE);
        assertThat(call()).isZero();
        op(CpuOp.CPU_COMPARE_NE_OP, 0, 0, 0);
        assertThat(call()).isEqualTo(3);
    }

    @Test
    void theFirstFaultInOrderDecides() {
        long first = op(CpuOp.CPU_COMPARE_EQ_OP, 8, 0, 0);
        op(CpuOp.CPU_ADD_OP, 8, 0, 1);
        Memory.putByte(first + CpuOp.SECOND_EXPECT_FAULT_OFFSET, (byte) 1);
        assertThat(call()).isEqualTo(-CpuOpv.EFAULT);
        Memory.putLong(first + CpuOp.FIRST_OPERAND_OFFSET, data);
        assertThat(call()).isEqualTo(-CpuOpv.EAGAIN);
    }

    @Test
    void checkComesBeforePin() {
        op(CpuOp.CPU_ADD_OP, 8, 0, 1);
        op(CpuOp.CPU_ADD_OP, 3, data, 1);
        assertThat(call()).isEqualTo(-CpuOpv.EINVAL);
    }

    @Test
    void readOnlyPagesMayBeReadAndNotWritten() {
        try (TestRegion region = new TestRegion(2)) {
            region.protect(1, true);
            long readOnly = region.address() + TestRegion.PAGE_BYTES;
            op(CpuOp.CPU_MEMCPY_OP, 8, data, readOnly);
            op(CpuOp.CPU_COMPARE_EQ_OP, 8, readOnly - 4, readOnly);
            assertThat(call()).isZero();
            op(CpuOp.CPU_MEMCPY_OP, 8, readOnly - 4, data);
            assertThat(call()).isEqualTo(-CpuOpv.EFAULT);
            count--;
            op(CpuOp.CPU_OR_OP, 8, readOnly - 7, 1);
            assertThat(call()).isEqualTo(-CpuOpv.EFAULT);
        }
    }

    @Test
    void aComparisonStopsTheVectorAfterWhatCameBefore() {
        op(CpuOp.CPU_ADD_OP, 8, data, 5);
        op(CpuOp.CPU_COMPARE_EQ_OP, 8, data, data + 8);
        op(CpuOp.CPU_ADD_OP, 8, data, 7);
        assertThat(call()).isEqualTo(2);
        assertThat(Memory.getLong(data)).isEqualTo(5);
    }

    @Test
    void theVectorIsCopiedBeforeItRuns() {
        Memory.putInt(data + 8, CpuOp.CPU_MB_OP);
        op(CpuOp.CPU_MEMCPY_OP, 4, ops + CpuOp.SIZE + CpuOp.OP_OFFSET, data + 8);
        op(CpuOp.CPU_ADD_OP, 8, data, 1);
        assertThat(call()).isZero();
        assertThat(Memory.getLong(data)).isEqualTo(1);
        assertThat(Memory.getInt(ops + CpuOp.SIZE + CpuOp.OP_OFFSET)).isEqualTo(CpuOp.CPU_MB_OP);
    }
}
