// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.explain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.opvc.compiler.CompileRequest;
import dev.opvc.compiler.CompileResult;
import dev.opvc.compiler.Compiler;
import dev.opvc.compiler.diagnostic.TextRenderer;
import dev.opvc.compiler.model.Abi;
import dev.opvc.compiler.vector.VectorProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExplainTest {
    private static final String BUMP_AND_COPY = """
            transaction bump_and_copy(u64 *a, u64 x, u64 *b, byte *dst, byte *src) {
                if *a == x then
                    *b += 1;
                    memcpy(dst, src, 64);
            }
            """;
    private static final String CMPXCHG = """
            vector cmpxchg(byte *v, byte *expect, u32 *flags, u32 bits, u32 len max 8) {
                compare_eq(fault(v), expect, len);
                or(flags, 0x10, 4);
                lshift(flags, bits, 4);
                barrier;
            }
            """;
    private static final String RECORD = """
            percpu struct Latency { u64 count; u64 bucket[32]; Latency *free; }
            transaction record(percpu Latency l, u32 index, Latency *head) {
                l->count += 1;
                l->bucket[index] += 1;
                l->free = head;
            }
            """;

    @TempDir
    private Path folder;

    @Test
    void theCanonicalTransactionIsThreeOperationsOfEightyBytes() throws IOException {
        assertThat(ExplainJson.render(program(BUMP_AND_COPY), Abi.LP64).replaceAll("\\s+", ""))
                .isEqualTo(compact("{'file': 'FILE', 'units': [ {'name': 'bump_and_copy', 'kind': 'transaction',"
                        + " 'paths': [ {'when': '', 'ops': ["
                        + " {'op': 'CPU_COMPARE_EQ_OP', 'len': 8, 'operands': {'a': 'a', 'b': '&x'},"
                        + " 'expectFault': [], 'role': 'guard'},"
                        + " {'op': 'CPU_ADD_OP', 'len': 8, 'operands': {'p': 'b', 'count': '1'},"
                        + " 'expectFault': [], 'role': 'write'},"
                        + " {'op': 'CPU_MEMCPY_OP', 'len': 64, 'operands': {'dst': 'dst', 'src': 'src'},"
                        + " 'expectFault': [], 'role': 'write'} ],"
                        + " 'opCount': 3, 'dataLength': 80, 'maxPages': 4 } ] } ] } "));
    }

    @Test
    void everyOperandIsThereAndLengthsThatAreParametersAreMarked() throws IOException {
        assertThat(ExplainJson.render(program(CMPXCHG), Abi.LP64).replaceAll("\\s+", ""))
                .contains(
                        compact("'op': 'CPU_COMPARE_EQ_OP', 'len': 8, 'lenMax': true,"
                                + " 'operands': {'a': 'v', 'b': 'expect'}, 'expectFault': ['a'], 'role': 'guard'"),
                        compact("'op': 'CPU_OR_OP', 'len': 4, 'operands': {'p': 'flags', 'mask': '16'}"),
                        compact("'op': 'CPU_LSHIFT_OP', 'len': 4, 'operands': {'p': 'flags', 'bits': 'bits'}"),
                        compact("'op': 'CPU_MB_OP', 'len': 0, 'operands': {}, 'expectFault': [], 'role': 'barrier'"),
                        compact("'opCount': 4, 'dataLength': 16, 'maxPages': 4"));
    }

    @Test
    void pointersHaveTheSizeOfTheMachine() throws IOException {
        VectorProgram program = program(RECORD);
        String copy = "'op': 'CPU_MEMCPY_OP', 'len': %d, 'operands': {'dst': '&l->free', 'src': '&head'}";
        assertThat(ExplainJson.render(program, Abi.LP64).replaceAll("\\s+", ""))
                .contains(compact(copy.formatted(8)), compact("'dataLength': 24, 'maxPages': 2"));
        assertThat(ExplainJson.render(program, Abi.ILP32).replaceAll("\\s+", ""))
                .contains(compact(copy.formatted(4)), compact("'dataLength': 20, 'maxPages': 2"));
    }

    @Test
    void theTableShowsWhatIsPreparedTheOperationsAndTheShares() throws IOException {
        assertThat(ExplainTable.render(program(RECORD), Abi.LP64).lines().skip(2))
                .containsExactly(
                        "transaction record(percpu Latency l, u32 index, Latency *head)",
                        "    check that the index `index` is below 32",
                        "    #  operation      len  role   operands",
                        "    1  CPU_ADD_OP       8  write  p = &l->count, count = 1",
                        "    2  CPU_ADD_OP       8  write  p = &l->bucket[index], count = 1",
                        "    3  CPU_MEMCPY_OP    8  write  dst = &l->free, src = &head",
                        "    operations 3/16 (18%), data 24/4216 (0%), longest operation 8/4096 (0%), pages 2/4 (50%)");
    }

    @Test
    void theTableShowsOutcomesFaultsAndMaxima() throws IOException {
        assertThat(ExplainTable.render(program(BUMP_AND_COPY), Abi.LP64))
                .contains("    1  CPU_COMPARE_EQ_OP    8  guard, else MISMATCH  a = a, b = &x\n");
        assertThat(ExplainTable.render(program(CMPXCHG), Abi.LP64))
                .contains("u32 bits, u32 len max 8)\n")
                .contains("    check that len is at most 8\n")
                .contains("    1  CPU_COMPARE_EQ_OP  <= 8  guard    a = fault(v), b = expect\n")
                .contains("    4  CPU_MB_OP             0  barrier\n");
    }

    @Test
    void aQueryIsTheVectorThatReadsOneCpuAndWhatIsFolded() throws IOException {
        VectorProgram program = program("""
                percpu struct Slot { u64 count; f64 sum; u64 other; u64 bucket[4]; }
                query mean(percpu Slot l, u32 i) returns (u64 mean, u64 bucket[4]) {
                    mean = sum(l->count) / sum(l->bucket[i]);
                    bucket = max(l->bucket);
                }
                """);
        assertThat(ExplainTable.render(program, Abi.LP64).lines().skip(2))
                .containsExactly(
                        "query mean(percpu Slot l, u32 i)",
                        "    check that the index `i` is below 4",
                        "  for each possible CPU in turn; in the form that names a CPU, for that one alone",
                        "    #  operation      len  role  operands",
                        "    1  CPU_MEMCPY_OP    8  read  dst = cell(l->count), src = &l->count",
                        "    2  CPU_MEMCPY_OP   32  read  dst = cell(l->bucket), src = &l->bucket",
                        "    operations 2/16 (12%), data 40/4216 (0%), longest operation 32/4096 (0%), pages 4/4 (100%)",
                        "    fold sum(l->count)",
                        "    fold sum(l->bucket[i])",
                        "    fold max(l->bucket), element by element",
                        "  and then",
                        "    check that the divisor `sum(l->bucket[i])` is not zero",
                        "    mean = sum(l->count) / sum(l->bucket[i])",
                        "    bucket = max(l->bucket)");
        assertThat(ExplainJson.render(program, Abi.LP64).replaceAll("\\s+", ""))
                .contains(
                        compact("'name': 'mean', 'kind': 'query', 'paths': [ {'when': '', 'ops': ["
                                + " {'op': 'CPU_MEMCPY_OP', 'len': 8,"
                                + " 'operands': {'dst': 'cell(l->count)', 'src': '&l->count'},"
                                + " 'expectFault': [], 'role': 'read'}"),
                        compact("'opCount': 2, 'dataLength': 40, 'maxPages': 4"));
    }

    /** A place has a value after each write. Each has a name of its own, also beside a parameter of the same name. */
    @Test
    void noTwoValuesOfAPathHaveOneName() throws IOException {
        VectorProgram program = program("""
                percpu struct Slot { u64 n; u64 m; }
                transaction twice(percpu Slot l, u64 m) returns (u64 was) {
                    l->n += m;
                    l->n += l->n;
                    l->m += 1;
                    l->m += l->m;
                    was = l->n + l->m;
                }
                """);
        assertThat(ExplainTable.render(program, Abi.LP64))
                .contains("    let n = l->n + m\n")
                .contains("    let m' = l->m + 1\n")
                .contains("    let n' = n + n\n")
                .contains("    let m'' = m' + m'\n")
                .contains("p = &l->n, count = n\n")
                .contains("p = &l->m, count = m'\n");
        assertThat(ExplainJson.render(program, Abi.LP64)).contains("\"count\": \"m'\"");
    }

    @Test
    void whatIsCopiedToAResultNamesTheResult() throws IOException {
        VectorProgram program = program("""
                percpu struct Slot { u64 n; bool open; }
                transaction take(percpu Slot l) returns (u64 was, bool open) {
                    was = l->n;
                    open = l->open;
                    l->open = false;
                }
                """);
        assertThat(ExplainTable.render(program, Abi.LP64))
                .contains("read   dst = &was, src = &l->n\n")
                .contains("read   dst = &open, src = &l->open\n")
                .contains("write  dst = &l->open, src = cell(false)\n");
        assertThat(ExplainJson.render(program, Abi.LP64)).contains("\"dst\": \"&was\"");
    }

    @Test
    void whatMustLieApartIsSaidOfOneByteAndOfMore() throws IOException {
        VectorProgram program = program("""
                transaction apart(u8 *a, u8 *b, u64 *c) returns (u8 sum) {
                    *a = 1;
                    *c = 2;
                    sum = *b + 1;
                }
                """);
        assertThat(ExplainTable.render(program, Abi.LP64))
                .contains("    check that 1 byte at a is `*b`, or has no byte in common with it\n")
                .contains("    check that 8 bytes at c have no byte in common with `*b`\n");
    }

    @Test
    void aFileWithoutUnitsIsSaidToHaveNone() throws IOException {
        VectorProgram program = program("const N = 3;\n");
        assertThat(ExplainTable.render(program, Abi.ILP32))
                .isEqualTo(program.file().name() + ", pointers of 4 bytes\n  no transaction, vector or query\n");
        assertThat(ExplainJson.render(program, Abi.LP64)).contains("\"units\": []");
    }

    private VectorProgram program(String source) throws IOException {
        Path file = Files.writeString(folder.resolve("file.opv"), source);
        CompileResult result = Compiler.compile(new CompileRequest(List.of(file), List.of()));
        assertThat(result).as(TextRenderer.render(result.diagnostics())).isInstanceOf(CompileResult.Success.class);
        return ((CompileResult.Success) result).programs().get(0);
    }

    /** Without white space; single quotes stand for double ones, and FILE for the file's name. */
    private String compact(String json) {
        return json.replaceAll("\\s+", "")
                .replace('\'', '"')
                .replace("FILE", folder.resolve("file.opv").toString());
    }
}
