// SPDX-License-Identifier: Apache-2.0
package dev.opvc.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs the launcher as a user does, in a tree of its own. Only Maven is another: a script that notes that it ran, and
 * whose build is a jar that leads to the classes under test.
 */
class LauncherTest {
    /** What the launcher needs besides itself. */
    private static final List<String> SHELL_PARTS =
            List.of("compiler/cli/src/main/sh/start.sh", "compiler/cli/src/main/sh/training.opv");

    private static final int BROKEN_ENVIRONMENT = 70;
    private static final List<String> TREES = List.of(
            "grammar/src/main",
            "compiler/core/src/main",
            "compiler/cli/src/main",
            "runtime/java/src/main",
            "samples/c-project",
            "samples/maven-project");
    private static final List<String> MODULES = List.of(
            "pom.xml",
            "grammar/pom.xml",
            "grammar/diagnostics.md",
            "runtime/pom.xml",
            "runtime/java/pom.xml",
            "compiler/pom.xml",
            "compiler/core/pom.xml",
            "compiler/cli/pom.xml");

    @TempDir
    private Path temporary;

    private Path root;
    private Path launcher;
    private Path tools;
    private Path builds;
    private Path jar;

    /** Standard output and error go to files, so that no pipe can fill while nobody reads. */
    private record Running(Process process, Path out, Path err) {}

    private record Outcome(int status, String out, String err) {}

    @BeforeEach
    void layOutATree() throws IOException {
        root = Files.createDirectory(temporary.resolve("a tree with spaces"));
        tools = Files.createDirectory(temporary.resolve("tools"));
        builds = temporary.resolve("builds");
        launcher = root.resolve("opvc");
        Files.copy(Path.of(System.getProperty("opvc.root"), "opvc"), launcher);
        for (String part : SHELL_PARTS) {
            Path copy = root.resolve(part);
            Files.createDirectories(copy.getParent());
            Files.copy(Path.of(System.getProperty("opvc.root"), part), copy);
        }
        makeExecutable(launcher);
        for (String tree : TREES) {
            Files.writeString(Files.createDirectories(root.resolve(tree)).resolve("Source"), "");
        }
        for (String module : MODULES) {
            Files.writeString(root.resolve(module), "");
        }
        jar = writeJar();
        writeMaven("");
    }

    private void writeMaven(String delay) throws IOException {
        writeTool(
                "mvn",
                "echo build >>'" + builds + "'",
                delay,
                "mkdir -p compiler/cli/target/lib",
                "cp '" + jar + "' compiler/cli/target/opvc.jar",
                "cp '" + jar + "' compiler/cli/target/lib/some.jar");
    }

    @Test
    void theFirstUseBuildsAndTheNextDoesNot() throws Exception {
        Outcome first = run("--version");
        assertThat(first.status()).as(first.err()).isZero();
        assertThat(first.out()).startsWith("opvc ");
        assertThat(first.err()).isEqualTo("opvc: building, this takes a minute the first time\n");
        Outcome second = run("--version");
        assertThat(second).isEqualTo(new Outcome(0, first.out(), ""));
        assertThat(builds()).isEqualTo(1);
    }

    @Test
    void aNewerADeletedAndANewSourceAreBuilt() throws Exception {
        run("--version");
        List<Path> sources = new ArrayList<>();
        TREES.forEach(tree -> sources.add(root.resolve(tree).resolve("Source")));
        MODULES.forEach(module -> sources.add(root.resolve(module)));
        for (Path source : sources) {
            long before = builds();
            Files.setLastModifiedTime(source, FileTime.from(Instant.now()));
            assertThat(run("--version").status()).isZero();
            assertThat(builds()).as("builds after a change of " + source).isEqualTo(before + 1);
        }
        long before = builds();
        Files.delete(sources.get(0));
        assertThat(run("--version").status()).isZero();
        assertThat(builds()).isEqualTo(before + 1);
    }

    @Test
    void twoFirstUsesBuildOnce() throws Exception {
        writeMaven("sleep 1");
        List<Running> processes = List.of(start(launcher, "--version"), start(launcher, "--version"));
        for (Running process : processes) {
            Outcome outcome = outcome(process);
            assertThat(outcome.status()).as(outcome.err()).isZero();
            assertThat(outcome.out()).startsWith("opvc ");
        }
        assertThat(builds()).isEqualTo(1);
    }

    @Test
    void argumentsAndTheStatusArePassedThrough() throws Exception {
        Path source =
                Files.createDirectory(temporary.resolve("a 'quoted' $name\\")).resolve("file.opv");
        Files.writeString(source, "oops\n");
        Outcome wrong = run("check", source.toString());
        assertThat(wrong.status()).isEqualTo(ExitStatus.INPUT);
        assertThat(wrong.err()).contains(source + ":1:1: error[OPV0104]: ");
        assertThat(run("check", "").status()).isEqualTo(ExitStatus.CALL);
        assertThat(run("compile", source.toString()).status()).isEqualTo(ExitStatus.CALL);
    }

    @Test
    void itMayBeReachedThroughSymbolicLinks() throws Exception {
        Path folder = Files.createDirectories(temporary.resolve("bin/deep"));
        Path absolute = Files.createSymbolicLink(folder.resolve("absolute"), launcher);
        Path relative = Files.createSymbolicLink(temporary.resolve("bin/relative"), Path.of("deep/absolute"));
        for (Path link : List.of(absolute, relative)) {
            Outcome outcome = outcome(start(link, "--version"));
            assertThat(outcome.status()).as(outcome.err()).isZero();
        }
        assertThat(builds()).isEqualTo(1);
    }

    /** In this locale Java would take the bytes of the name for something else. */
    @Test
    void namesOutsideAsciiWorkInTheLocaleC() throws Exception {
        String folder = "\u00e9\u4e2d";
        ProcessBuilder builder = builder(List.of(
                "sh",
                "-c",
                "mkdir \"$1\"; echo oops >\"$1/a.opv\"; \"$0\" check \"$1/a.opv\"",
                launcher.toString(),
                folder));
        builder.environment().keySet().removeAll(List.of("LC_ALL", "LC_CTYPE"));
        builder.environment().put("LANG", "C");
        assertThat(System.getProperty("sun.jnu.encoding").toUpperCase(Locale.ROOT))
                .as("this test itself must be able to name the file")
                .isEqualTo("UTF-8");
        Outcome outcome = outcome(start(builder));
        assertThat(outcome.status()).as(outcome.err()).isEqualTo(ExitStatus.INPUT);
        assertThat(outcome.err()).contains(folder + "/a.opv:1:1: error[OPV0104]: ");
    }

    @Test
    void aBuildThatFailsIsShown() throws Exception {
        writeTool("mvn", "echo '[INFO] noise'", "echo '[ERROR] no space left'", "exit 1");
        Outcome outcome = run("--version");
        assertThat(outcome.status()).isEqualTo(BROKEN_ENVIRONMENT);
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.err())
                .contains("[ERROR] no space left\n", "opvc: it could not be built")
                .doesNotContain("noise");
        assertThat(run("--version").status()).isEqualTo(BROKEN_ENVIRONMENT);
    }

    @Test
    void aMissingMavenIsTold() throws Exception {
        Files.delete(tools.resolve("mvn"));
        ProcessBuilder builder = builder(List.of(launcher.toString(), "--version"));
        builder.environment().put("PATH", pathWithout("mvn"));
        Outcome outcome = outcome(start(builder));
        assertThat(outcome.status()).isEqualTo(BROKEN_ENVIRONMENT);
        assertThat(outcome.err())
                .isEqualTo("opvc: it must be built first, and no mvn was found; install Apache Maven\n");
    }

    @Test
    void aJavaHomeWithoutJavaIsTold() throws Exception {
        ProcessBuilder builder = builder(List.of(launcher.toString(), "--version"));
        builder.environment().put("JAVA_HOME", "/nowhere");
        Outcome outcome = outcome(start(builder));
        assertThat(outcome.status()).isEqualTo(BROKEN_ENVIRONMENT);
        assertThat(outcome.err()).isEqualTo("opvc: JAVA_HOME is /nowhere, but there is no bin/java in it\n");
    }

    @Test
    void aJavaThatIsTooOldIsTold() throws Exception {
        Path home = Files.createDirectories(temporary.resolve("old java"));
        Path java = Files.createDirectory(home.resolve("bin")).resolve("java");
        Files.writeString(java, "#!/bin/sh\necho 'openjdk version \"11.0.2\" 2019-01-15' >&2\n");
        makeExecutable(java);
        ProcessBuilder builder = builder(List.of(launcher.toString(), "--version"));
        builder.environment().put("JAVA_HOME", home.toString());
        Outcome outcome = outcome(start(builder));
        assertThat(outcome.status()).isEqualTo(BROKEN_ENVIRONMENT);
        assertThat(outcome.err()).isEqualTo("opvc: " + java + " is version 11; opvc needs 17 or later\n");
        assertThat(builds).doesNotExist();
    }

    private Outcome run(String... args) throws Exception {
        return outcome(start(launcher, args));
    }

    private Running start(Path command, String... args) throws IOException {
        List<String> words = new ArrayList<>(List.of(command.toString()));
        words.addAll(List.of(args));
        return start(builder(words));
    }

    private Running start(ProcessBuilder builder) throws IOException {
        Path out = Files.createTempFile(temporary, "out", "");
        Path err = Files.createTempFile(temporary, "err", "");
        builder.redirectOutput(out.toFile());
        builder.redirectError(err.toFile());
        return new Running(builder.start(), out, err);
    }

    private static Outcome outcome(Running running) throws Exception {
        int status = running.process().waitFor();
        return new Outcome(status, Files.readString(running.out()), Files.readString(running.err()));
    }

    private ProcessBuilder builder(List<String> words) {
        ProcessBuilder builder = new ProcessBuilder(new ArrayList<>(words));
        builder.directory(temporary.toFile());
        Map<String, String> environment = builder.environment();
        environment.put("PATH", tools + ":" + environment.get("PATH"));
        environment.put("JAVA_HOME", System.getProperty("java.home"));
        // A virtual machine that finds these says so on its standard error.
        environment.keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS"));
        return builder;
    }

    /** A folder that leads to all that the launcher needs but one tool. */
    private String pathWithout(String tool) throws IOException {
        Path bin = Files.createDirectory(temporary.resolve("bin without " + tool));
        List<String> needed =
                List.of("dirname", "readlink", "find", "head", "mkdir", "flock", "sed", "cat", "grep", "locale");
        for (String name : needed) {
            for (String folder : System.getenv("PATH").split(":", -1)) {
                Path candidate = Path.of(folder, name);
                if (Files.isExecutable(candidate)) {
                    Path wrapper = bin.resolve(name);
                    Files.writeString(wrapper, "#!/bin/sh\nexec '" + candidate + "' \"$@\"\n");
                    makeExecutable(wrapper);
                }
            }
        }
        return bin.toString();
    }

    private long builds() throws IOException {
        return Files.readAllLines(builds).size();
    }

    private void writeTool(String name, String... lines) throws IOException {
        Path tool = tools.resolve(name);
        Files.writeString(tool, "#!/bin/sh\n" + String.join("\n", lines) + "\n");
        makeExecutable(tool);
    }

    private static void makeExecutable(Path file) throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private Path writeJar() throws IOException {
        Path jar = temporary.resolve("built.jar");
        Manifest manifest = new Manifest();
        Attributes attributes = manifest.getMainAttributes();
        attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        attributes.put(Attributes.Name.MAIN_CLASS, Main.class.getName());
        attributes.put(Attributes.Name.CLASS_PATH, classPathAsUris());
        try (OutputStream out = Files.newOutputStream(jar)) {
            new JarOutputStream(out, manifest).close();
        }
        return jar;
    }

    /** Surefire may have put the class path into the manifest of a jar; the classes themselves know where they are. */
    private static String classPathAsUris() {
        return Arrays.stream(System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))
                        .split(":", -1))
                .map(entry -> Path.of(entry).toUri().toString())
                .collect(Collectors.joining(" "));
    }
}
