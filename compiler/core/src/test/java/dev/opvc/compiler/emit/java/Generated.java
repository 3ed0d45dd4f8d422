// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.java;

import static org.assertj.core.api.Assertions.assertThat;

import dev.opvc.compiler.CompileRequest;
import dev.opvc.compiler.CompileResult;
import dev.opvc.compiler.Compiler;
import dev.opvc.compiler.check.Checker;
import dev.opvc.compiler.diagnostic.Diagnostic;
import dev.opvc.compiler.diagnostic.Diagnostics;
import dev.opvc.compiler.emit.OutputFile;
import dev.opvc.compiler.lower.Lowering;
import dev.opvc.compiler.model.Program;
import dev.opvc.compiler.module.ModuleLoader;
import dev.opvc.compiler.vector.VectorProgram;
import java.io.IOException;
import java.io.StringWriter;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/** Java that was made from OPV: its source, and its classes, which the compiler has taken without a warning. */
final class Generated {
    private final Map<String, String> sources;
    private final ClassLoader classes;
    private final Path folder;

    private Generated(Map<String, String> sources, ClassLoader classes, Path folder) {
        this.sources = sources;
        this.classes = classes;
        this.folder = folder;
    }

    /** Compiles one file, {@code sample.opv}, all the way to classes. */
    static Generated from(Path folder, String source) throws IOException {
        return from(folder, Map.of("sample.opv", source));
    }

    /** Compiles files, by name, all the way to classes. */
    static Generated from(Path folder, Map<String, String> files) throws IOException {
        return fromJava(folder, javaSources(files(folder, files)));
    }

    /** Compiles Java source, by path. */
    static Generated fromJava(Path folder, Map<String, String> sources) throws IOException {
        Path classes = Files.createTempDirectory(folder, "classes");
        javac(Files.createTempDirectory(folder, "java"), classes, sources);
        return new Generated(sources, loader(classes), classes);
    }

    /** What is wrong with a file. */
    static List<Diagnostic> diagnostics(Path folder, Map<String, String> files) throws IOException {
        return compile(folder, files).diagnostics();
    }

    String source(String path) {
        assertThat(sources).containsKey(path);
        return Objects.requireNonNull(sources.get(path));
    }

    Map<String, String> sources() {
        return sources;
    }

    Class<?> type(String name) throws ClassNotFoundException {
        return Class.forName(name, true, classes);
    }

    /** The folder of the class files. */
    Path classFiles() {
        return folder;
    }

    /** Calls a static method, found by its name. */
    @Nullable
    Object call(String type, String method, Object... arguments) throws ReflectiveOperationException {
        return Calls.call(type(type), null, method, arguments);
    }

    private static CompileResult compile(Path folder, Map<String, String> files) throws IOException {
        return Compiler.compile(new CompileRequest(files(folder, files), List.of()));
    }

    private static List<Path> files(Path folder, Map<String, String> files) throws IOException {
        Path opv = Files.createTempDirectory(folder, "opv");
        List<Path> paths = new ArrayList<>();
        for (Map.Entry<String, String> file : new TreeMap<>(files).entrySet()) {
            paths.add(Files.writeString(opv.resolve(file.getKey()), file.getValue()));
        }
        return paths;
    }

    /** Runs the compiler's phases for this target alone. */
    private static Map<String, String> javaSources(List<Path> paths) {
        Diagnostics diagnostics = new Diagnostics();
        ModuleLoader loader = new ModuleLoader(List.of(), diagnostics);
        Checker checker = new Checker(diagnostics);
        Map<String, String> sources = new LinkedHashMap<>();
        for (Path path : paths) {
            Program program = checker.check(loader.load(path).orElseThrow());
            VectorProgram lowered = Lowering.lower(program, diagnostics);
            new JavaEmitter().check(List.of(lowered), diagnostics);
            assertThat(diagnostics.hasErrors()).as("%s", diagnostics.sorted()).isFalse();
            for (OutputFile file : new JavaEmitter().emit(lowered)) {
                assertThat(sources.put(file.path(), file.content())).isNull();
            }
        }
        return sources;
    }

    private static void javac(Path folder, Path classes, Map<String, String> sources) throws IOException {
        List<Path> files = new ArrayList<>();
        for (Map.Entry<String, String> source : sources.entrySet()) {
            Path file = folder.resolve(source.getKey());
            Files.createDirectories(file.getParent());
            files.add(Files.writeString(file, source.getValue()));
        }
        JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
        StringWriter messages = new StringWriter();
        try (StandardJavaFileManager manager = javac.getStandardFileManager(null, null, null)) {
            Iterable<? extends JavaFileObject> units = manager.getJavaFileObjectsFromPaths(files);
            List<String> options = List.of(
                    "--release",
                    "17",
                    "-Xlint:all",
                    "-Xdoclint:all/protected",
                    "-Werror",
                    "-encoding",
                    "US-ASCII",
                    "-d",
                    classes.toString(),
                    "-classpath",
                    System.getProperty("java.class.path"));
            boolean compiled =
                    javac.getTask(messages, manager, null, options, null, units).call();
            assertThat(compiled).as("%s%n%s", messages, sources).isTrue();
        }
    }

    private static ClassLoader loader(Path classes) throws MalformedURLException {
        return new URLClassLoader(new URL[] {classes.toUri().toURL()}, Generated.class.getClassLoader());
    }
}
