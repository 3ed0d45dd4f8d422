// SPDX-License-Identifier: Apache-2.0
package dev.opvc.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What a script said, and how it ended.
 *
 * @param status what it exited with
 * @param output what it wrote to either stream
 */
record ScriptRun(int status, String output) {
    private static final long MINUTES_MAX = 5;

    static ScriptRun of(Path script, String... arguments) throws IOException, InterruptedException {
        Path log = Files.createTempFile("opvc-script", ".log");
        List<String> command = new ArrayList<>(List.of(script.toString()));
        command.addAll(List.of(arguments));
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            boolean ended = process.waitFor(MINUTES_MAX, TimeUnit.MINUTES);
            process.destroyForcibly();
            String output = Files.readString(log, StandardCharsets.UTF_8);
            System.out.println(output);
            assertThat(ended)
                    .as("%s ends within %d minutes:%n%s", script, MINUTES_MAX, output)
                    .isTrue();
            return new ScriptRun(process.exitValue(), output);
        } finally {
            Files.delete(log);
        }
    }
}
