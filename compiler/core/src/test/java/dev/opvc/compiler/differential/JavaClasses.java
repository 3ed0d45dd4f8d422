// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.differential;

import dev.opvc.compiler.emit.OutputFile;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Compiles generated Java, which must not give a warning, and loads it. */
final class JavaClasses {
    private JavaClasses() {}

    static URLClassLoader load(Path folder, List<OutputFile> sources) throws IOException {
        Path classes = Files.createTempDirectory(folder, "classes");
        List<Path> files = new ArrayList<>();
        for (OutputFile source : sources) {
            Path file = classes.resolve(source.path());
            Files.createDirectories(file.getParent());
            files.add(Files.writeString(file, source.content()));
        }
        compile(files, classes);
        return new URLClassLoader(new URL[] {classes.toUri().toURL()}, JavaClasses.class.getClassLoader());
    }

    private static void compile(List<Path> files, Path classes) throws IOException {
        JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
        StringWriter messages = new StringWriter();
        List<String> options = List.of(
                "--release",
                "17",
                "-Xlint:all,-divzero",
                "-Werror",
                "-d",
                classes.toString(),
                "-classpath",
                System.getProperty("java.class.path"));
        try (StandardJavaFileManager manager = javac.getStandardFileManager(null, null, null)) {
            boolean compiled = javac.getTask(
                            messages, manager, null, options, null, manager.getJavaFileObjectsFromPaths(files))
                    .call();
            if (!compiled) {
                throw new AssertionError("javac: " + messages);
            }
        }
    }
}
