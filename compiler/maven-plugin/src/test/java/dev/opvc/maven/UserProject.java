// SPDX-License-Identifier: Apache-2.0
package dev.opvc.maven;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.maven.shared.invoker.DefaultInvocationRequest;
import org.apache.maven.shared.invoker.DefaultInvoker;
import org.apache.maven.shared.invoker.InvocationRequest;
import org.apache.maven.shared.invoker.InvocationResult;
import org.apache.maven.shared.invoker.MavenInvocationException;

/** A copy of a project below {@code src/it}, with Maven to build it. */
record UserProject(Path folder) {
    /** A build takes seconds; one that hangs shall not take the tests along. */
    private static final int TIMEOUT_SECONDS = 300;

    /** For a process that lives for seconds: less compiling, one collector thread. */
    private static final String SHORT_LIVED = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC";

    /** What a build said, and whether it went well. */
    record Run(int status, List<String> log) {
        String text() {
            return String.join("\n", log);
        }
    }

    /** Copies a project, and the parent that some have, into a folder of a test's own. */
    static UserProject copy(String name, String test) throws IOException {
        Path work = Path.of(property("it.work")).resolve(test);
        copyTree(Path.of(property("it.projects"), "parent"), work.resolve("parent"));
        Path folder = work.resolve(name);
        deleteTree(folder);
        copyTree(Path.of(property("it.projects"), name), folder);
        // The folder says that the project's root is here, and that what configures this repository's build is not
        // meant.
        Files.createDirectories(folder.resolve(".mvn"));
        return new UserProject(folder);
    }

    Path path(String path) {
        return folder.resolve(path);
    }

    void edit(String file, String from, String to) throws IOException {
        String text = Files.readString(path(file));
        if (!text.contains(from)) {
            throw new IllegalArgumentException(file + " does not contain " + from);
        }
        Files.writeString(path(file), text.replace(from, to));
    }

    Run maven(String... arguments) throws MavenInvocationException {
        return maven(Path.of(System.getProperty("java.home")), arguments);
    }

    Run maven(Path javaHome, String... arguments) throws MavenInvocationException {
        List<String> log = new ArrayList<>();
        InvocationRequest request = new DefaultInvocationRequest();
        request.setBaseDirectory(folder.toFile());
        request.addArgs(List.of(arguments));
        request.setBatchMode(true);
        request.setShowErrors(false);
        request.setJavaHome(javaHome.toFile());
        request.setGlobalSettingsFile(settings().toFile());
        request.setLocalRepositoryDirectory(new File(property("it.repository")));
        request.setMavenOpts(SHORT_LIVED);
        request.setTimeoutInSeconds(TIMEOUT_SECONDS);
        request.addShellEnvironment("MAVEN_ARGS", "");
        request.setOutputHandler(log::add);
        DefaultInvoker invoker = new DefaultInvoker();
        invoker.setMavenHome(new File(property("it.maven.home")));
        InvocationResult result = invoker.execute(request);
        if (result.getExecutionException() != null) {
            throw new MavenInvocationException("cannot run Maven", result.getExecutionException());
        }
        return new Run(
                result.getExitCode(),
                log.stream().map(UserProject::withoutColour).toList());
    }

    /** Every regular file below a folder, with its time and content. */
    Snapshot snapshot(String below) throws IOException {
        return Snapshot.of(path(below));
    }

    /**
     * What the outer build has resolved serves the inner ones as a repository, so that they need the network only for
     * what it does not have.
     */
    private static Path settings() {
        String repository = Path.of(property("it.repository.outer")).toUri().toString();
        Path file = Path.of(property("it.work"), "settings.xml");
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, """
                    <settings>
                      <profiles>
                        <profile>
                          <id>outer</id>
                          <activation><activeByDefault>true</activeByDefault></activation>
                          <repositories>
                            <repository>
                              <id>outer</id>
                              <url>%1$s</url>
                              <releases><checksumPolicy>ignore</checksumPolicy></releases>
                              <snapshots><enabled>false</enabled></snapshots>
                            </repository>
                          </repositories>
                          <pluginRepositories>
                            <pluginRepository>
                              <id>outer</id>
                              <url>%1$s</url>
                              <releases><checksumPolicy>ignore</checksumPolicy></releases>
                              <snapshots><enabled>false</enabled></snapshots>
                            </pluginRepository>
                          </pluginRepositories>
                        </profile>
                      </profiles>
                    </settings>
                    """.formatted(repository));
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String property(String name) {
        return Objects.requireNonNull(System.getProperty(name), name);
    }

    /** Replaces the versions, which the projects hold a place for. */
    static String withVersions(String text) {
        return text.replace("@version@", property("it.version"))
                .replace("@version.junit@", property("it.version.junit"));
    }

    private static String withoutColour(String line) {
        return line.replaceAll("\u001b\\[[0-9;]*m", "");
    }

    private static void copyTree(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copy = to.resolve(from.relativize(file).toString());
                Files.createDirectories(copy.getParent());
                Files.writeString(copy, withVersions(Files.readString(file)));
            }
        }
    }

    static void deleteTree(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
                Files.delete(file);
            }
        }
    }

    /** Files by their paths. */
    record Snapshot(Map<String, State> files) {
        /** Notes that maven-compiler-plugin writes at every build, also if it then compiles nothing. */
        private static final String COMPILER_NOTES = "maven-status";

        /** When a file was written, and what. */
        record State(FileTime modified, String content) {}

        static Snapshot of(Path root) throws IOException {
            Map<String, State> files = new TreeMap<>();
            if (Files.exists(root)) {
                try (Stream<Path> found = Files.walk(root)) {
                    for (Path file : found.filter(Snapshot::isMeant).toList()) {
                        String content = HexFormat.of().formatHex(Files.readAllBytes(file));
                        files.put(
                                root.relativize(file).toString(), new State(Files.getLastModifiedTime(file), content));
                    }
                }
            }
            return new Snapshot(files);
        }

        private static boolean isMeant(Path file) {
            return Files.isRegularFile(file) && !file.toString().contains(File.separator + COMPILER_NOTES);
        }

        /** The files that were made, written (perhaps with the same content) or removed since an earlier snapshot. */
        List<String> changesSince(Snapshot before) {
            return Stream.concat(before.files.keySet().stream(), files.keySet().stream())
                    .distinct()
                    .filter(file -> !Objects.equals(before.files.get(file), files.get(file)))
                    .sorted()
                    .toList();
        }
    }
}
