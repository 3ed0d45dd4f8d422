// SPDX-License-Identifier: Apache-2.0
package dev.opvc.runtime.c;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Runs the C runtime's own tests, {@code make check}, as a C programmer would, and passes on what they print. */
class MakeCheckTest {
    private static final Path ROOT = Path.of(System.getProperty("opvc.root"));

    @Test
    void passes() throws IOException, InterruptedException {
        for (String tool : List.of("make", "cc")) {
            String leftOut = "left out: the tests of the C runtime, because there is no " + tool;
            if (!isOnPath(tool)) {
                System.out.println(leftOut);
            }
            assumeTrue(isOnPath(tool), leftOut);
        }
        List<String> command =
                new ArrayList<>(List.of("make", "-C", ROOT.resolve("runtime/c").toString(), "check"));
        String conformance = System.getProperty("opvc.conformance", "");
        if (!conformance.isEmpty()) {
            command.add("CONFORMANCE=" + ROOT.resolve(conformance));
        }
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (BufferedReader output = process.inputReader()) {
            output.lines().forEach(System.out::println);
        }

        assertThat(process.waitFor()).as("exit status of make check").isZero();
    }

    private static boolean isOnPath(String tool) {
        return Stream.of(System.getenv("PATH").split(":"))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, tool)));
    }
}
