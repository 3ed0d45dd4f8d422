// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.c;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Compiles headers with every compiler, for both sizes of pointers, with warnings as errors. */
@Tag(CToolchain.TAG)
class HeaderCompilesTest {
    private static final String[] POINTERS_OF_4_BYTES = {"-m32"};

    @TempDir
    private Path folder;

    private Headers headers;
    private CToolchain toolchain;

    @BeforeEach
    void createTools() {
        headers = new Headers(folder);
        toolchain = new CToolchain(folder);
    }

    @ParameterizedTest
    @EnumSource
    void goldenSample(Dialect dialect) throws IOException, InterruptedException {
        headers.copy("node.opv", "latency.opv");
        check(dialect, "latency.opv.h");
    }

    @ParameterizedTest
    @EnumSource
    void goldenSampleWherePointersHave4Bytes(Dialect dialect) throws IOException, InterruptedException {
        headers.copy("node.opv", "latency.opv");
        check(dialect, "latency.opv.h", POINTERS_OF_4_BYTES);
    }

    @ParameterizedTest
    @EnumSource
    void everyShape(Dialect dialect) throws IOException, InterruptedException {
        headers.copy("node.opv", "shapes.opv");
        check(dialect, "shapes.opv.h");
        check(dialect, "shapes.opv.h", "-O2");
    }

    @ParameterizedTest
    @EnumSource
    void everyShapeWherePointersHave4Bytes(Dialect dialect) throws IOException, InterruptedException {
        headers.copy("node.opv", "shapes.opv");
        check(dialect, "shapes.opv.h", POINTERS_OF_4_BYTES);
    }

    @ParameterizedTest
    @EnumSource
    void namesThatMeanSomethingElseInC(Dialect dialect) throws IOException, InterruptedException {
        headers.copy("keywords.opv");
        check(dialect, "keywords.opv.h");
    }

    /** A header's text is one file's: line ends of its comments must not depend on how the user ended lines. */
    @ParameterizedTest
    @EnumSource
    void hostileComments(Dialect dialect) throws IOException, InterruptedException {
        String header = headers.emit("hostile.opv", HostileText.source());

        assertThat(header.codePoints()).allMatch(point -> point == '\n' || !Character.isISOControl(point));
        check(dialect, "hostile.opv.h");
        check(dialect, "hostile.opv.h", "-trigraphs");
    }

    private void check(Dialect dialect, String header, String... flags) throws IOException, InterruptedException {
        // System headers that users have around, and the header twice.
        String source = "includes.c";
        Files.writeString(folder.resolve(source), """
                #include <errno.h>
                #include <limits.h>
                #include <math.h>
                #include <pthread.h>
                #include <sched.h>
                #include <semaphore.h>
                #include <signal.h>
                #include <stdio.h>
                #include <stdlib.h>
                #include <string.h>
                #include <strings.h>
                #include <sys/mman.h>
                #include <sys/stat.h>
                #include <time.h>
                #include <unistd.h>
                #include "%1$s"
                #include "%1$s"
                """.formatted(header));
        toolchain.checkCompiles(dialect, source, flags);
        String alone = "alone.c";
        Files.writeString(folder.resolve(alone), "#include \"" + header + "\"\n");
        toolchain.checkCompiles(dialect, alone, flags);
    }
}
