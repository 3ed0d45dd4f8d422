// SPDX-License-Identifier: Apache-2.0
package dev.opvc.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs each sample as its user would. A sample fails by itself if what it computes is wrong. */
class SamplesTest {
    private static final Path SAMPLES = Path.of(System.getProperty("opvc.root"), "samples");
    private static final long MINUTES_MAX = 5;

    static List<String> samples() throws IOException {
        try (Stream<Path> folders = Files.list(SAMPLES)) {
            return folders.filter(folder -> Files.isExecutable(folder.resolve("run")))
                    .map(folder -> folder.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }

    /** What a sample's script said, and how it ended. */
    private record Run(int status, String output) {
        static Run of(String sample, String script) throws IOException, InterruptedException {
            Path log = Files.createTempFile("opvc-sample", ".log");
            try {
                Process process = new ProcessBuilder(
                                SAMPLES.resolve(sample).resolve(script).toString())
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
                boolean ended = process.waitFor(MINUTES_MAX, TimeUnit.MINUTES);
                process.destroyForcibly();
                String output = Files.readString(log, StandardCharsets.UTF_8);
                System.out.println(output);
                assertThat(ended)
                        .as("%s ends within %d minutes:%n%s", sample, MINUTES_MAX, output)
                        .isTrue();
                return new Run(process.exitValue(), output);
            } finally {
                Files.delete(log);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void runs(String sample) throws IOException, InterruptedException {
        Run run = Run.of(sample, "run");

        assertThat(run.status()).as("%s:%n%s", sample, run.output()).isZero();
        assertThat(run.output()).as("%s checked itself", sample).containsPattern("Java: .*right");
    }

    @Test
    void stressFindsBrokenExclusion() throws IOException, InterruptedException {
        Run run = Run.of("stress", "broken");

        assertThat(run.status()).as(run.output()).isZero();
    }
}
