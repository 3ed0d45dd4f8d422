// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.c;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/** Runs generated code on the C runtime. The checks are in {@code run_test.c}. */
@Tag(CToolchain.TAG)
class HeaderRunsTest {
    private static final String PROGRAM = "run_test.c";

    @TempDir
    private Path folder;

    private CToolchain toolchain;

    @BeforeEach
    void emit() throws IOException {
        new Headers(folder).copy("run.opv", "check.h", PROGRAM);
        toolchain = new CToolchain(folder);
    }

    @EachCompiler
    void asItIs(Dialect dialect) throws IOException, InterruptedException {
        assertThat(toolchain.run(dialect, PROGRAM)).isEmpty();
    }

    @EachCompiler
    void optimized(Dialect dialect) throws IOException, InterruptedException {
        assertThat(toolchain.run(dialect, PROGRAM, "-O2")).isEmpty();
    }

    @EachCCompiler
    void withoutUndefinedBehaviour(Dialect dialect) throws IOException, InterruptedException {
        assertThat(toolchain.run(dialect, PROGRAM, "-fsanitize=undefined", "-fno-sanitize-recover=all"))
                .isEmpty();
    }

    @EachCompiler
    void wherePointersHave4Bytes(Dialect dialect) throws IOException, InterruptedException {
        assertThat(toolchain.run(dialect, PROGRAM, "-m32", "-O2")).isEmpty();
    }
}
