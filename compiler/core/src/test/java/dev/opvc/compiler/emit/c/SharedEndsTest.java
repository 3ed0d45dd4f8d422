// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.c;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A transaction with 64 paths does not have 64 copies of what all of them do at their ends, and does what it says. */
@Tag(CToolchain.TAG)
class SharedEndsTest {
    @TempDir
    private Path folder;

    @Test
    void allPathsHaveOneEnd() throws IOException {
        String header = new Headers(folder).emit("paths.opv", Headers.resource("paths.opv"));

        assertThat(header).containsOnlyOnce("opv_store_u64(&s->total, ");
        assertThat(header.lines().filter(line -> line.contains("cells->new_total = ")))
                .hasSizeLessThan(8);
    }

    @EachCompiler
    void bothFormsDoWhatTheSourceSays(Dialect dialect) throws IOException, InterruptedException {
        new Headers(folder).copy("paths.opv", "paths_test.c");

        assertThat(new CToolchain(folder).run(dialect, "paths_test.c", "-O2")).isEmpty();
    }
}
