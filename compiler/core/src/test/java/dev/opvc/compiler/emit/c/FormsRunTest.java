// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.c;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Runs both forms against each other and against what is expected, on random input, and many threads at once. The
 * checks, and the seed in what they print, are in {@code forms_test.c}, {@code stress_test.c} and
 * {@code optimistic_test.c}.
 */
@Tag(CToolchain.TAG)
class FormsRunTest {
    private static final String PROGRAM = "forms_test.c";
    private static final String STRESS = "stress_test.c";
    private static final String OPTIMISTIC = "optimistic_test.c";

    @TempDir
    private Path folder;

    private CToolchain toolchain;

    @BeforeEach
    void emit() throws IOException {
        new Headers(folder).copy("forms.opv", "check.h", "migrate.h", PROGRAM, STRESS);
        toolchain = new CToolchain(folder);
    }

    @EachCompiler
    void formsAgree(Dialect dialect) throws IOException, InterruptedException {
        assertThat(toolchain.run(dialect, PROGRAM, "-O2")).isEmpty();
    }

    @EachCCompiler
    void nothingIsUndefined(Dialect dialect) throws IOException, InterruptedException {
        assertThat(toolchain.run(dialect, PROGRAM, "-fsanitize=undefined", "-fno-sanitize-recover=all"))
                .isEmpty();
    }

    @EachCompiler
    void formsAgreeWherePointersHave4Bytes(Dialect dialect) throws IOException, InterruptedException {
        assertThat(toolchain.run(dialect, PROGRAM, "-m32", "-O2")).isEmpty();
    }

    /** With flags that let compilers fuse a product and a sum; the program checks that they do. */
    @EachCompiler
    void productsAreRounded(Dialect dialect) throws IOException, InterruptedException {
        assumeTrue(System.getProperty("os.arch").equals("amd64"), "left out: only x86-64 has -mfma");
        assertThat(toolchain.run(dialect, PROGRAM, "-O2", "-mfma", "-ffp-contract=fast", "-DOPV_TEST_FUSES"))
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"GCC_C11", "CLANGXX_CXX17"})
    void nothingIsLostBetweenThreads(Dialect dialect) throws IOException, InterruptedException {
        assertThat(toolchain.run(dialect, STRESS, "-O2")).isEmpty();
    }

    /** Beside units that hold the CPU, vectors, owners from afar and a signal's handler. */
    @EachCompiler
    void whatHoldsNothingLosesNothing(Dialect dialect) throws IOException, InterruptedException {
        emitOptimistic();
        assertThat(toolchain.run(dialect, OPTIMISTIC, "-O2")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"GCC_C11", "CLANGXX_CXX17"})
    void whatHoldsNothingLosesNothingUnoptimized(Dialect dialect) throws IOException, InterruptedException {
        emitOptimistic();
        assertThat(toolchain.run(dialect, OPTIMISTIC, "-O0", "-DROUNDS=20000")).isEmpty();
    }

    /** The header's author chooses the lock, or the file has no sections, or the machine has none. */
    @ParameterizedTest
    @ValueSource(strings = {"-DOPV_PREFER_LOCK", "-DOPV_NO_SECTIONS", "-m32"})
    void whatHoldsNothingMayAlsoHold(String flag) throws IOException, InterruptedException {
        emitOptimistic();
        assertThat(toolchain.run(Dialect.GCC_C11, OPTIMISTIC, "-O2", "-DROUNDS=20000", flag))
                .isEmpty();
    }

    private void emitOptimistic() throws IOException {
        new Headers(folder).copy("optimistic.opv", OPTIMISTIC);
    }
}
