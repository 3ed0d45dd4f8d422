// SPDX-License-Identifier: Apache-2.0
package dev.opvc.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Runs the benchmark of generated code as briefly as it can, so that it stays able to run. It fails by itself if an
 * operation gets lost. How fast anything is, is no business of a test.
 */
class GeneratedBenchmarkTest {
    private static final Path BENCHMARK =
            Path.of(System.getProperty("opvc.root"), "runtime", "bench", "generated", "run");

    private static final List<String> WORKS = List.of(
            "record an observation", "add to a counter", "pop and push a buffer", "append and take", "total of a");

    private static final List<String> WORKS_OF_SAMPLES =
            List.of("observe, registered with", "record with attributes, 1 set", "record with attributes, 128 sets");

    @Test
    void measuresGeneratedJava() throws IOException, InterruptedException {
        ScriptRun run = ScriptRun.of(BENCHMARK, "--quick", "--java");

        assertMeasured(run, "Java", WORKS);
        assertMeasured(run, "Java", WORKS_OF_SAMPLES);
    }

    @Test
    void measuresGeneratedC() throws IOException, InterruptedException {
        ScriptRun run = ScriptRun.of(BENCHMARK, "--quick", "--c");

        assertThat(run.status()).as(run.output()).isZero();
        assumeFalse(run.output().contains("left out: C"), "left out: no C compiler is here");
        assertMeasured(run, "C", WORKS);
    }

    /** Each kind of work has a table with a figure for each form of what opvc generates. */
    private static void assertMeasured(ScriptRun run, String target, List<String> works) {
        assertThat(run.status()).as(run.output()).isZero();
        for (String work : works) {
            assertThat(run.output())
                    .as(work)
                    .containsPattern(row(target, work, "opvc(, direct form)?"))
                    .containsPattern(row(target, work, "opvc, vector form"));
        }
        assertThat(run.output()).doesNotContainPattern("\\b(NaN|nan|Infinity|inf)\\b");
    }

    /** The row of a way, whose label a pattern says: where C has more than one direct form, the usual is plain opvc. */
    private static Pattern row(String target, String work, String label) {
        String title = Pattern.quote("| " + target + ": " + work) + "[^\\n]*\\n";
        String rows = "(\\|[^\\n]*\\n)*";
        return Pattern.compile(title + rows + "\\| " + label + " \\|.* [0-9.]+ ns ");
    }
}
