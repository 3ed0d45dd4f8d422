// SPDX-License-Identifier: Apache-2.0
package dev.opvc.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs each sample as its user would. A sample fails by itself if what it computes is wrong. */
class SamplesTest {
    private static final Path SAMPLES = Path.of(System.getProperty("opvc.root"), "samples");

    /** All that a sample in C says where there is no compiler. */
    private static final String NO_C = "left out: the C program, because there is no C compiler cc\n";

    static List<String> samples() throws IOException {
        try (Stream<Path> folders = Files.list(SAMPLES)) {
            return folders.filter(folder -> Files.isExecutable(folder.resolve("run")))
                    .map(folder -> folder.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void runs(String sample) throws IOException, InterruptedException {
        ScriptRun run = ScriptRun.of(SAMPLES.resolve(sample).resolve("run"));

        assertThat(run.status()).as("%s:%n%s", sample, run.output()).isZero();
        assumeFalse(run.output().equals(NO_C), NO_C);
        assertThat(run.output()).as("%s checked itself", sample).containsPattern("(?m)^(Java|C), .*right$");
        assertThat(run.output().lines().filter(line -> line.matches("(Java|C)\\b.*")))
                .as("every line says which form it is of")
                .allMatch(line -> line.matches("(Java|C), (direct form|vector form|both forms): .*"));
    }

    @Test
    void stressFindsBrokenExclusion() throws IOException, InterruptedException {
        ScriptRun run = ScriptRun.of(SAMPLES.resolve("stress").resolve("broken"));

        assertThat(run.status()).as(run.output()).isZero();
    }
}
