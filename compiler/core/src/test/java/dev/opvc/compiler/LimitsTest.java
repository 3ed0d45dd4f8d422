// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.opvc.compiler.model.Abi;
import dev.opvc.compiler.vector.VectorSize;
import dev.opvc.runtime.CpuOp;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each limit from both sides: what just keeps it is accepted, and one more is not. */
class LimitsTest {
    @TempDir
    Path folder;

    @Test
    void sixteenOperations() {
        assertAccepted(transaction("*p = 1; ".repeat(CpuOp.CPU_OP_VEC_LEN_MAX)));
        assertAccepted(transaction("require *q == 1 else A; ".repeat(8) + "*p = 1; ".repeat(8)));
        assertAccepted("vector v(byte *p) { " + "add(p, 1, 8); ".repeat(CpuOp.CPU_OP_VEC_LEN_MAX) + "}");
    }

    @Test
    void notSeventeen() {
        assertRefused(transaction("*p = 1; ".repeat(CpuOp.CPU_OP_VEC_LEN_MAX + 1)), "OPV0401", "17 operations");
        assertRefused(
                transaction("require *q == 1 else A; ".repeat(8) + "*p = 1; ".repeat(9)), "OPV0401", "17 operations");
        assertRefused("vector v(byte *p) { " + "add(p, 1, 8); ".repeat(17) + "}", "OPV0401", "17 operations");
    }

    @Test
    void barriersAreOperationsWithoutBytes() {
        assertAccepted(transaction("barrier; ".repeat(15) + "*p = 1;"));
        assertRefused(transaction("barrier; ".repeat(16) + "*p = 1;"), "OPV0401", "17 operations");
        assertAccepted(transaction("memcpy(a, b, 4096); " + "barrier; *p = 1; ".repeat(7) + "memcpy(a, b, 64);"));
        VectorSize size = VectorSize.of(
                Sources.program(folder, transaction("barrier; *p = 1; barrier;"))
                        .units()
                        .get(0)
                        .paths()
                        .get(0)
                        .operations(),
                Abi.LP64);
        assertThat(size.opCount()).isEqualTo(3);
        assertThat(size.dataLength()).isEqualTo(8);
    }

    @Test
    void bytesOfOneOperation() {
        assertAccepted(transaction("memcpy(a, b, 4096);"));
        assertRefused(transaction("memcpy(a, b, 4097);"), "OPV0402", "4097 bytes");
        assertAccepted("struct S { u8 a[4096]; } transaction t(S *a, S *b) { *a = *b; }");
        assertRefused("struct S { u8 a[4097]; } transaction t(S *a, S *b) { *a = *b; }", "OPV0402", "4097 bytes");
        assertAccepted("struct S { u8 a[4096]; } transaction t(S *a) { reset *a; }");
        assertRefused("struct S { u8 a[4097]; } transaction t(S *a) { reset *a; }", "OPV0402", "4097 bytes");
        assertAccepted("vector v(byte *p, u32 len max 4096) { compare_ne(p, p, len); }");
        assertRefused("vector v(byte *p, u32 len max 4097) { compare_ne(p, p, len); }", "OPV0402", "4097 bytes");
        assertAccepted("transaction t(byte *p, u32 len max 4096) { memcpy(p, p, len); }");
        assertRefused("transaction t(byte *p, u32 len max 4097) { memcpy(p, p, len); }", "OPV0402", "4097 bytes");
    }

    @Test
    void bytesOfAllOperations() {
        assertThat(CpuOp.CPU_OP_VEC_DATA_LEN_MAX).isEqualTo(4216);
        assertAccepted(transaction("memcpy(a, b, 4096); memcpy(a, b, 120);"));
        assertRefused(transaction("memcpy(a, b, 4096); memcpy(a, b, 121);"), "OPV0403", "4217 bytes");
        assertAccepted(transaction("require *p == 1 else A; memcpy(a, b, 4096); memcpy(a, b, 112);"));
        assertRefused(transaction("require *p == 1 else A; memcpy(a, b, 4096); memcpy(a, b, 113);"), "OPV0403", "4217");
    }

    @ParameterizedTest
    @CsvSource({"u8, 7", "u16, 15", "u32, 31", "u64, 63"})
    void bitsOfAShift(String type, int most) {
        String transaction = "transaction t(%s *p) { *p %s %d; }";
        String vector = "vector v(byte *p) { %sshift(p, %d, %d); }";
        for (String operator : List.of("<<=", ">>=")) {
            assertAccepted(String.format(Locale.ROOT, transaction, type, operator, most));
            assertRefused(String.format(Locale.ROOT, transaction, type, operator, most + 1), "OPV0405", "0 to " + most);
        }
        int bytes = (most + 1) / Byte.SIZE;
        for (String direction : List.of("l", "r")) {
            assertAccepted(String.format(Locale.ROOT, vector, direction, most, bytes));
            assertRefused(String.format(Locale.ROOT, vector, direction, most + 1, bytes), "OPV0405", "0 to " + most);
        }
    }

    @Test
    void aPointerSizedShiftKeepsToTheSmallerMachine() {
        assertAccepted("transaction t(uptr *p) { *p <<= 31; }");
        assertRefused("transaction t(uptr *p) { *p <<= 32; }", "OPV0405", "0 to 31");
    }

    @Test
    void bytesOfArithmetic() {
        for (int bytes = 0; bytes <= 17; bytes++) {
            String source = "vector v(byte *p) { add(p, 1, " + bytes + "); xor(p, 1, " + bytes + "); }";
            if (bytes == 1 || bytes == 2 || bytes == 4 || bytes == 8) {
                assertAccepted(source);
            } else {
                assertRefused(source, "OPV0404", bytes + " bytes");
            }
        }
        assertAccepted("vector v(byte *p, u32 len max 8) { add(p, 1, len); }");
        assertRefused("vector v(byte *p, u32 len max 9) { add(p, 1, len); }", "OPV0404", "up to 9 bytes");
    }

    @Test
    void sizesDependOnPointers() {
        String source =
                "struct S { u8 *a; u32 b; u8 *c; } transaction t(S *a, S *b) { *a = *b; memcpy(a, b, sizeof(S)); }";
        var operations =
                Sources.program(folder, source).units().get(0).paths().get(0).operations();

        assertThat(VectorSize.of(operations, Abi.LP64).dataLength()).isEqualTo(48);
        assertThat(VectorSize.of(operations, Abi.ILP32).dataLength()).isEqualTo(24);
    }

    @Test
    void aVectorFitsBothMachinesOrNone() {
        String pointers = "struct S { u8 *a[%d]; } transaction t(S *a, S *b) { *a = *b; }";
        assertAccepted(String.format(Locale.ROOT, pointers, 512));
        assertRefused(String.format(Locale.ROOT, pointers, 513), "OPV0402", "4104 bytes");
        String sum = "struct S { u8 *a[%d]; } transaction t(S *a, S *b) { *a = *b; *a = *b; }";
        assertAccepted(String.format(Locale.ROOT, sum, 263));
        assertRefused(String.format(Locale.ROOT, sum, 264), "OPV0403", "4224 bytes");
        String narrow = "struct P { u8 *a[1024]; } transaction t(byte *p) { memcpy(p, p, %d - sizeof(P)); }";
        assertAccepted(String.format(Locale.ROOT, narrow, 8192));
        assertRefused(String.format(Locale.ROOT, narrow, 8193), "OPV0402", "4097 bytes");
    }

    @Test
    void aStructOfAMebibyte() {
        assertAccepted("struct S { u8 a[1048576]; }");
        assertRefused("struct S { u8 a[1048577]; }", "OPV0208", "");
        assertAccepted("struct S { u8 a[1048568]; u64 b; }");
        assertRefused("struct S { u8 a[1048569]; u64 b; }", "OPV0208", "");
    }

    private void assertAccepted(String source) {
        assertThat(Sources.texts(Sources.compile(folder, source)))
                .as(source)
                .noneMatch(text -> text.contains(" error "));
    }

    private void assertRefused(String source, String code, String part) {
        assertThat(Sources.texts(Sources.compile(folder, source)))
                .as(source)
                .filteredOn(text -> text.contains(" error "))
                .isNotEmpty()
                .allMatch(text -> text.contains(" error " + code) && text.contains(part));
    }

    private static String transaction(String body) {
        return "transaction t(u64 *p, u64 *q, byte *a, byte *b) { " + body + " }";
    }
}
