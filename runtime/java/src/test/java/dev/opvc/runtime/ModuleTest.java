// SPDX-License-Identifier: Apache-2.0
package dev.opvc.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.jna.Native;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A module that requires the runtime's needs to require nothing else. */
class ModuleTest {
    private static final String USER = """
            package acme;

            import dev.opvc.runtime.Memory;
            import dev.opvc.runtime.OpVector;
            import dev.opvc.runtime.PerCpuMemory;

            public final class Main {
                public static void main(String[] arguments) {
                    try (PerCpuMemory memory = PerCpuMemory.allocate(8, slot -> {})) {
                        OpVector.begin().within(memory).add(memory.slot(0), 5, 8).execute(0);
                        long value = Memory.getLong(memory.slot(0));
                        System.out.println(Main.class.getModule().isNamed() + " " + value);
                    }
                }
            }
            """;

    @TempDir
    private Path folder;

    @Test
    void isEnoughToRequire() throws Exception {
        Path source = Files.createDirectories(folder.resolve("acme"));
        Files.writeString(folder.resolve("module-info.java"), "module acme { requires dev.opvc.runtime; }\n");
        Files.writeString(source.resolve("Main.java"), USER);
        String modules = String.join(File.pathSeparator, jar(), home(Native.class));
        Path classes = folder.resolve("classes");

        run(
                "javac",
                "-Xlint:all",
                "-Werror",
                "-d",
                classes.toString(),
                "--module-path",
                modules,
                "module-info.java",
                "acme/Main.java");
        String output =
                run("java", "--module-path", modules + File.pathSeparator + classes, "--module", "acme/acme.Main");

        assertThat(output.lines()).contains("true 5");
    }

    /** The runtime as it is packaged: only a jar has layers, of which one has the descriptor. */
    private String jar() throws Exception {
        Path manifest = Files.writeString(folder.resolve("manifest"), "Multi-Release: true\n");
        Path jar = folder.resolve("opvc-runtime.jar");
        run(
                "jar",
                "--create",
                "--file",
                jar.toString(),
                "--manifest",
                manifest.toString(),
                "-C",
                home(PerCpuMemory.class),
                ".");
        return jar.toString();
    }

    private static String home(Class<?> type) throws URISyntaxException {
        return Path.of(Objects.requireNonNull(type.getProtectionDomain().getCodeSource())
                        .getLocation()
                        .toURI())
                .toString();
    }

    private String run(String tool, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", tool).toString()));
        command.addAll(List.of(arguments));
        return ChildProcess.outputOf(folder, command);
    }
}
