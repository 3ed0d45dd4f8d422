// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.differential;

import dev.opvc.compiler.emit.OutputFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** Compiles generated headers, which must not give a warning, to a library that this process can load. */
final class CLibrary {
    private static final String COMPILER = "gcc";
    private static final long TIMEOUT_SECONDS = 300;

    /**
     * What headers promise to be clean under, but for what a random program may deserve: it compares a pointer with null
     * and uses it all the same, which gcc follows into the accesses; and it may have no operation, so that there is
     * nothing in the vector that is handed on.
     */
    private static final List<String> WARNINGS = List.of(
            "-Wall",
            "-Wextra",
            "-Wconversion",
            "-Wshadow",
            "-Wcomment",
            "-Werror",
            "-Wno-stringop-overflow",
            "-Wno-stringop-overread",
            "-Wno-array-bounds",
            "-Wno-nonnull",
            "-Wno-maybe-uninitialized");

    private CLibrary() {}

    /** Whether there is a compiler for C here. */
    static boolean isPossible() {
        try {
            Process process = new ProcessBuilder(COMPILER, "--version")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    static Path compile(Path folder, List<OutputFile> headers, String source) throws IOException, InterruptedException {
        Path sources = Files.createTempDirectory(folder, "c");
        for (OutputFile header : headers) {
            Files.writeString(sources.resolve(header.path()), header.content());
        }
        Path file = Files.writeString(sources.resolve("library.c"), source);
        Path library = sources.resolve("library.so");
        List<String> command = new ArrayList<>(List.of(COMPILER, "-std=gnu11", "-O2", "-shared", "-fPIC"));
        command.addAll(List.of("-fvisibility=hidden", "-pthread", "-DOPV_IMPLEMENTATION", "-DOPV_CHECK_BUILDERS"));
        command.addAll(WARNINGS);
        command.addAll(List.of("-I", runtimeInclude().toString(), "-I", sources.toString()));
        command.addAll(List.of("-o", library.toString(), file.toString()));
        Path messages = sources.resolve("messages.txt");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(messages.toFile())
                .start();
        if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("no end: " + command);
        }
        if (process.exitValue() != 0) {
            throw new AssertionError(COMPILER + ": " + Files.readString(messages));
        }
        return library;
    }

    private static Path runtimeInclude() {
        String root = Objects.requireNonNull(System.getProperty("opvc.root"), "opvc.root is set by the build");
        return Path.of(root, "runtime", "c", "include");
    }
}
