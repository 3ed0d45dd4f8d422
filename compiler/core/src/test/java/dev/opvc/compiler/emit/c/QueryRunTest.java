// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.c;

import static org.assertj.core.api.Assertions.assertThat;

import dev.opvc.compiler.TestPrograms;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Runs both forms of queries against each other, on random slots and while threads change them. The checks, and the seed
 * in what they print, are in {@code queries_test.c} and {@code queries_stress.c}.
 */
@Tag(CToolchain.TAG)
class QueryRunTest {
    private static final String SOURCE = "queries.opv";
    private static final String PROGRAM = "queries_test.c";
    private static final String STRESS = "queries_stress.c";

    @TempDir
    private Path folder;

    private CToolchain toolchain;

    @BeforeEach
    void emit() throws IOException {
        Headers headers = new Headers(folder);
        headers.emit(SOURCE, TestPrograms.read(SOURCE));
        headers.copy("seeded.h", "check.h", "migrate.h", PROGRAM, STRESS);
        toolchain = new CToolchain(folder);
    }

    @EachCompiler
    void formsAgree(Dialect dialect) throws IOException, InterruptedException {
        assertThat(toolchain.run(dialect, PROGRAM, "-O2")).isEmpty();
    }

    @EachCCompiler
    void nothingIsUndefined(Dialect dialect) throws IOException, InterruptedException {
        assertThat(toolchain.run(dialect, PROGRAM, "-O1", "-fsanitize=address,undefined", "-fno-sanitize-recover=all"))
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"GCC_C11", "GXX_CXX17", "CLANG_C11"})
    void formsAgreeWherePointersHave4Bytes(Dialect dialect) throws IOException, InterruptedException {
        assertThat(toolchain.run(dialect, PROGRAM, "-m32", "-O2")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"GCC_C11", "CLANGXX_CXX17"})
    void queriesSeeEachSlotInOneState(Dialect dialect) throws IOException, InterruptedException {
        assertThat(toolchain.run(dialect, STRESS, "-O2")).isEmpty();
    }
}
