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
 * Runs both forms of drains against each other on random slots, and two drainers while threads record. The checks, and
 * the seed in what they print, are in {@code drains_test.c} and {@code drains_stress.c}.
 *
 * <p>{@code -Dopvc.drain.records=100000000} records that many.
 */
@Tag(CToolchain.TAG)
class DrainRunTest {
    private static final String SOURCE = "queries.opv";
    private static final String PROGRAM = "drains_test.c";
    private static final String STRESS = "drains_stress.c";
    private static final long RECORDS_IN_A_NORMAL_RUN = 2_000_000;

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
    @EnumSource(names = {"GCC_C11", "CLANGXX_CXX17"})
    void formsAgreeWherePointersHave4Bytes(Dialect dialect) throws IOException, InterruptedException {
        assertThat(toolchain.run(dialect, PROGRAM, "-m32", "-O2")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"GCC_C11", "CLANGXX_CXX17"})
    void everyRecordIsInOneAnswer(Dialect dialect) throws IOException, InterruptedException {
        long records = Long.getLong("opvc.drain.records", RECORDS_IN_A_NORMAL_RUN);
        assertThat(toolchain.run(dialect, STRESS, "-O2", "-DRECORDS=" + records))
                .isEmpty();
    }
}
