// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.c;

import static org.assertj.core.api.Assertions.assertThat;

import dev.opvc.compiler.TestPrograms;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/** Runs units with tables and chosen values in both forms. The checks are in {@code tables_test.c}. */
@Tag(CToolchain.TAG)
class TableRunTest {
    private static final String PROGRAM = "tables_test.c";

    @TempDir
    private Path folder;

    private CToolchain toolchain;

    @BeforeEach
    void emit() throws IOException {
        Headers headers = new Headers(folder);
        headers.emit("bounds.opv", TestPrograms.read("bounds.opv"));
        headers.emit("tables.opv", TestPrograms.read("tables.opv"));
        headers.copy("seeded.h", PROGRAM);
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

    @EachCompiler
    void formsAgreeWherePointersHave4Bytes(Dialect dialect) throws IOException, InterruptedException {
        assertThat(toolchain.run(dialect, PROGRAM, "-m32", "-O2")).isEmpty();
    }
}
