// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.c;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the vector form does when its vectors are stopped or fault: other turns, the direct form, or an answer. */
final class TurnsTest {
    private static final String PROGRAM = "turns_test.c";

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(names = {"GCC_GNU11", "CLANG_C11", "GXX_CXX17"})
    void everyEndOfAVectorIsUnderstood(Dialect dialect) throws IOException, InterruptedException {
        new Headers(folder).copy("turns.opv", "check.h", PROGRAM);
        assertThat(new CToolchain(folder).run(dialect, PROGRAM, "-O1")).isEmpty();
    }
}
