// SPDX-License-Identifier: Apache-2.0
package dev.opvc.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code opvc init}: a small project that builds and runs. The projects are those of the repository's samples, which the
 * jar carries.
 */
@Command(
        name = "init",
        customSynopsis = "opvc init [--c] [DIR]",
        description = {
            "Write a small project that builds and runs: Java with Maven, or C with make and CMake.",
            "No file is replaced; the last line says how to run it."
        })
final class InitCommand implements Callable<Integer> {
    private static final List<String> MAVEN =
            List.of("pom.xml", "src/main/opv/hits.opv", "src/main/java/com/example/hits/Main.java");
    private static final List<String> C = List.of("Makefile", "CMakeLists.txt", "hits.opv", "limits.opv", "main.c");

    private static final String SAMPLE_VERSION = "<opvc.version>0.1.0-SNAPSHOT</opvc.version>";

    private final Session session;

    @Option(names = "--c", description = "A project in C. Without it, one in Java.")
    private boolean c;

    @Parameters(
            paramLabel = "DIR",
            arity = "0..1",
            converter = PathConverter.class,
            description = "Where to write; this folder, if nothing is said. It is created if it does not exist.")
    private Path folder = Path.of("");

    @Mixin
    @SuppressWarnings("UnusedVariable")
    private HelpOption help = new HelpOption();

    InitCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws IOException {
        List<String> names = c ? C : MAVEN;
        List<String> obstacles = obstacles(names);
        if (!obstacles.isEmpty()) {
            obstacles.forEach(obstacle -> session.err().println("opvc: " + obstacle));
            session.err().println("Nothing has been written. Name a folder that is empty, or does not exist.");
            return ExitStatus.INPUT;
        }
        Map<Path, String> files = new LinkedHashMap<>();
        for (String name : names) {
            files.put(folder.resolve(name), template((c ? "c-project/" : "maven-project/") + name));
        }
        return write(files) ? ExitStatus.DONE : ExitStatus.INPUT;
    }

    private List<String> obstacles(List<String> names) {
        if (Files.exists(folder) && !Files.isDirectory(folder)) {
            return List.of(folder + " is no folder");
        }
        return names.stream()
                .map(folder::resolve)
                .filter(Files::exists)
                .map(file -> "there is already a file " + file)
                .toList();
    }

    private boolean write(Map<Path, String> files) {
        List<Path> written = new ArrayList<>();
        for (Map.Entry<Path, String> file : files.entrySet()) {
            try {
                Path parent = file.getKey().toAbsolutePath().getParent();
                if (parent != null) {
                    Files.createDirectories(parent);
                }
                Files.writeString(file.getKey(), file.getValue());
                written.add(file.getKey());
            } catch (IOException e) {
                session.err().println("opvc: cannot write " + file.getKey() + ": " + e);
                session.err().println(written.isEmpty() ? "Nothing has been written." : "Written before: " + written);
                return false;
            }
        }
        files.keySet().forEach(file -> session.out().println(file));
        session.out().println(howToRun());
        return true;
    }

    private String howToRun() {
        String place = folder.toString().isEmpty() ? "." : folder.toString();
        return c
                ? "run it: make -C " + quoted(place) + " OPVC=" + quoted(Installation.program()) + " run"
                : "run it: mvn -q -f " + quoted(place) + " compile exec:exec";
    }

    /** One word of a shell. */
    private static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }

    private static String template(String name) throws IOException {
        try (InputStream file = InitCommand.class.getResourceAsStream("init/" + name)) {
            if (file == null) {
                throw new IllegalStateException("the jar lacks the file " + name + " of a project");
            }
            String text = new String(file.readAllBytes(), StandardCharsets.UTF_8);
            return text.replace(SAMPLE_VERSION, "<opvc.version>" + Version.number() + "</opvc.version>");
        }
    }
}
