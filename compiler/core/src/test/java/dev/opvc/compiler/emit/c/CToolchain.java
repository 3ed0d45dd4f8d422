// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.c;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** Runs C compilers, and what they make, in a folder. */
final class CToolchain {
    /**
     * Marks tests of what C compilers make of headers. The headers' text is the same whatever Java made it, which
     * {@link GoldenHeaderTest} checks; so these tests need not run again with another Java.
     */
    static final String TAG = "c-toolchain";

    private static final long TIMEOUT_SECONDS = 120;
    private static final String OUTPUT = "output.txt";
    private static final String EMPTY_PROGRAM = "int main(void) { return 0; }\n";

    /** Which commands, with their flags, make a program; asked once, because asking takes as long as a small test. */
    private static final Map<List<String>, Boolean> WORKING = new ConcurrentHashMap<>();

    private static final String ARCHITECTURE = architecture();

    private final Path folder;

    CToolchain(Path folder) {
        this.folder = folder;
    }

    /** What a command printed, and how it ended. */
    record Result(int status, String output) {}

    /** Fails unless a file in the folder compiles without a diagnostic. Left out where the compiler is missing. */
    void checkCompiles(Dialect dialect, String source, String... flags) throws IOException, InterruptedException {
        assumeWorks(dialect, flags);
        Result result = compile(dialect, source, "-c", flags);
        assertThat(result.output()).as(dialect + " " + source).isEmpty();
        assertThat(result.status()).isZero();
    }

    /** What a program prints; fails unless it compiles without a diagnostic and ends with 0. */
    String run(Dialect dialect, String source, String... flags) throws IOException, InterruptedException {
        assumeWorks(dialect, flags);
        Result compiled = compile(dialect, source, "-DOPV_IMPLEMENTATION", forRunning(flags));
        assertThat(compiled.output()).as(dialect + " " + source).isEmpty();
        Result result = execute(List.of(folder.resolve("out").toString()));
        assertThat(result.status()).as(result.output()).isZero();
        return result.output();
    }

    private Result compile(Dialect dialect, String source, String mode, String... flags)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(dialect.arguments());
        command.add(mode);
        command.addAll(List.of(flags));
        command.addAll(List.of("-I", runtimeInclude().toString(), "-I", folder.toString(), "-idirafter"));
        // Where a machine has libc for 32 bits, but its kernel's headers for its own architecture only.
        command.add("/usr/include/" + ARCHITECTURE);
        command.addAll(List.of(
                "-o", folder.resolve("out").toString(), folder.resolve(source).toString()));
        return execute(command);
    }

    /** With threads, and with builders that are held to what they say of their operations. */
    private static String[] forRunning(String... flags) {
        List<String> all = new ArrayList<>(List.of(flags));
        all.addAll(List.of("-pthread", "-DOPV_CHECK_BUILDERS"));
        return all.toArray(String[]::new);
    }

    /** Leaves a test out, and says so, where a compiler or what its flags need is missing. */
    private static void assumeWorks(Dialect dialect, String... flags) {
        List<String> command = new ArrayList<>(List.of(dialect.command()));
        command.addAll(List.of(flags));
        assumeTrue(
                WORKING.computeIfAbsent(command, CToolchain::makesProgram),
                () -> "left out: not installed, or cannot do its flags: " + String.join(" ", command));
    }

    private static boolean makesProgram(List<String> compiler) {
        try {
            Path empty = Files.createTempDirectory("opvc-toolchain");
            Path source = Files.writeString(empty.resolve("works.c"), EMPTY_PROGRAM);
            Path program = empty.resolve("works");
            List<String> command = new ArrayList<>(compiler);
            command.addAll(List.of("-o", program.toString(), source.toString()));
            boolean works = new CToolchain(empty).execute(command).status() == 0;
            for (Path file : List.of(source, program, empty.resolve(OUTPUT), empty)) {
                Files.deleteIfExists(file);
            }
            return works;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** What gcc calls this machine's libraries; nothing where there is no gcc, and then nothing is compiled by it. */
    private static String architecture() {
        try {
            Process process = new ProcessBuilder("gcc", "-print-multiarch").start();
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            return "";
        }
    }

    private Result execute(List<String> command) throws IOException, InterruptedException {
        Path output = folder.resolve(OUTPUT);
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IOException("no end after " + TIMEOUT_SECONDS + " s: " + command);
        }
        return new Result(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
    }

    private static Path runtimeInclude() {
        String root = Objects.requireNonNull(System.getProperty("opvc.root"), "opvc.root is set by the build");
        return Path.of(root, "runtime", "c", "include");
    }
}
