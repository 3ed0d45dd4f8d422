// SPDX-License-Identifier: Apache-2.0
package dev.opvc.runtime.stress;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A stack that overflows anywhere tears no transaction and leaves no word taken, however the code is compiled. */
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class StackOverflowStressTest {
    private static final String OVERFLOWS = "150";
    private static final long PATIENCE_SECONDS = 120;

    @ParameterizedTest
    @CsvSource({
        "direct, -Xint",
        "direct, -XX:TieredStopAtLevel=1",
        "direct, -XX:TieredStopAtLevel=3",
        "direct, -XX:-TieredCompilation",
        "direct, -XX:+TieredCompilation",
        "direct, -XX:MaxInlineSize=1",
        "vector, -Xint",
        "vector, -XX:TieredStopAtLevel=1",
        "vector, -XX:+TieredCompilation"
    })
    void overflowTearsNothing(String form, String mode) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add(mode);
        if (Runtime.version().feature() >= 22) {
            command.add("--enable-native-access=ALL-UNNAMED");
        }
        command.addAll(
                List.of("-cp", System.getProperty("java.class.path"), DeepRecursion.class.getName(), form, OVERFLOWS));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (!ended) {
            // This closes the stream of its output, too.
            process.destroyForcibly();
        }
        assertThat(ended)
                .as("the program ends, which a word left taken would prevent")
                .isTrue();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(output).contains(OVERFLOWS + " overflows").doesNotContain("Error");
        assertThat(process.exitValue()).isZero();
    }
}
