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

/** Runs units on arrays that are given their length when they are allocated, in both forms. The checks are in {@code sized_test.c}. */
@Tag(CToolchain.TAG)
class SizedRunTest {
    private static final String PROGRAM = "sized_test.c";

    @TempDir
    private Path folder;

    private CToolchain toolchain;

    @BeforeEach
    void emit() throws IOException {
        Headers headers = new Headers(folder);
        headers.emit("sized.opv", TestPrograms.read("sized.opv"));
        headers.copy("check.h", PROGRAM);
        toolchain = new CToolchain(folder);
    }

    @ParameterizedTest
    @EnumSource
    void formsAgree(Dialect dialect) throws IOException, InterruptedException {
        assertThat(toolchain.run(dialect, PROGRAM, "-O2")).isEmpty();
    }

    @EachCompiler
    void nothingIsUndefined(Dialect dialect) throws IOException, InterruptedException {
        assertThat(toolchain.run(dialect, PROGRAM, "-O1", "-fsanitize=address,undefined", "-fno-sanitize-recover=all"))
                .isEmpty();
    }

    @EachCompiler
    void formsAgreeWherePointersHave4Bytes(Dialect dialect) throws IOException, InterruptedException {
        assertThat(toolchain.run(dialect, PROGRAM, "-m32", "-O2")).isEmpty();
    }
}
