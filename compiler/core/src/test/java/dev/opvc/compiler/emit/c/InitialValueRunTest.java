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

/** What slots begin with, and what both forms set them back to. The checks are in {@code initials_test.c}. */
@Tag(CToolchain.TAG)
class InitialValueRunTest {
    private static final String PROGRAM = "initials_test.c";

    @TempDir
    private Path folder;

    private CToolchain toolchain;

    @BeforeEach
    void emit() throws IOException {
        Headers headers = new Headers(folder);
        headers.emit("initials.opv", TestPrograms.read("initials.opv"));
        headers.copy("seeded.h", PROGRAM);
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
