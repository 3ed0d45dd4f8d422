// SPDX-License-Identifier: Apache-2.0
package dev.opvc.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Unpacks the archive, and uses it as a person would who has Java and nothing else of ours. */
class DistributionIT {
    private static final String HEADER_USER = """
            #define OPV_IMPLEMENTATION
            #include "counter.opv.h"
            int main(void) { return 0; }
            """;
    private static final String COUNTER = """
            package acme;
            percpu struct Counter { u64 n; }
            transaction count(percpu Counter c) { c->n += 1; }
            """;

    @TempDir
    private Path temp;

    private Path work = Path.of("");
    private Path home = Path.of("");
    private Path cache = Path.of("");
    private Path source = Path.of("");
    private final Map<String, String> environment = new TreeMap<>();

    /** How a process ended, and what it printed. */
    private record Run(int status, String out, String err) {}

    @BeforeEach
    void unpack() throws Exception {
        work = Files.createDirectories(temp.resolve("wor k"));
        cache = temp.resolve("cache");
        unpackInto(temp.resolve("a place"));
        source = Files.writeString(work.resolve("counter.opv"), COUNTER);
        environment.put("XDG_CACHE_HOME", cache.toString());
        environment.put("JAVA_HOME", System.getProperty("java.home"));
        environment.put("PATH", "/usr/bin:/bin");
    }

    @Test
    void compilesForBothTargetsWithoutMaven() throws Exception {
        Run run = opvc("compile", "--java-out", "java", "--c-out", "c", source.toString());
        assertThat(run).isEqualTo(new Run(0, "", ""));
        assertThat(work.resolve("java/acme/Counter.java")).isRegularFile();
        assertThat(work.resolve("c/counter.opv.h")).isRegularFile();
        assertThat(opvc("--version").out()).isEqualTo("opvc " + property("dist.version") + "\n");
        Files.writeString(source, COUNTER.replace("c->n", "c->m"));
        Run wrong = opvc("check", source.toString());
        assertThat(wrong.status()).isEqualTo(1);
        assertThat(wrong.err()).startsWith(source + ":3:");
        assertThat(opvc("nothing").status()).isEqualTo(2);
    }

    @Test
    void generatedHeaderCompilesAgainstTheHeadersInside() throws Exception {
        assertThat(opvc("compile", "--c-out", "c", source.toString()).status()).isZero();
        Path main = Files.writeString(work.resolve("main.c"), HEADER_USER);
        if (!onPath("cc")) {
            System.out.println("left out: there is no C compiler for the generated header");
            return;
        }
        Run cc = run(
                "cc",
                "-std=gnu11",
                "-Wall",
                "-Wextra",
                "-Werror",
                "-pthread",
                "-I",
                home.resolve("include").toString(),
                "-I",
                work.resolve("c").toString(),
                "-o",
                work.resolve("main").toString(),
                main.toString());
        assertThat(cc).isEqualTo(new Run(0, "", ""));
        assertThat(run(work.resolve("main").toString()).status()).isZero();
    }

    @Test
    void startsThroughLinksAndWithJavaFromThePath() throws Exception {
        Path bin = Files.createDirectories(temp.resolve("bin"));
        Files.createSymbolicLink(bin.resolve("first"), home.resolve("bin/opvc"));
        Files.createSymbolicLink(bin.resolve("second"), Path.of("first"));
        environment.remove("JAVA_HOME");
        environment.put("PATH", System.getProperty("java.home") + "/bin:/usr/bin:/bin");
        assertThat(run(bin.resolve("second").toString(), "--version").status()).isZero();
    }

    @Test
    void missingJavaIsTheEnvironmentsFault() throws Exception {
        environment.put("JAVA_HOME", temp.resolve("nowhere").toString());
        Run run = opvc("--version");
        assertThat(run.status()).isEqualTo(70);
        assertThat(run.err()).contains("JAVA_HOME");
    }

    /** In a folder without spaces: in others, some JVMs archive the classes of the platform only. */
    @Test
    void secondStartTakesClassesFromTheArchive() throws Exception {
        unpackInto(temp.resolve("plain"));
        assertThat(opvc("check", source.toString())).isEqualTo(new Run(0, "", ""));
        List<Path> archives = archives();
        assertThat(archives).hasSize(1);
        Path log = temp.resolve("classes.log");
        environment.put("JDK_JAVA_OPTIONS", "-Xlog:class+load:file=" + log);
        assertThat(opvc("check", source.toString()).status()).isZero();
        assertThat(log)
                .content()
                .containsPattern("dev\\.opvc\\.compiler\\.Compiler source: shared objects file \\(top\\)");
    }

    @Test
    void damagedArchiveBreaksNothingAndIsMadeAgain() throws Exception {
        Run good = opvc("explain", source.toString());
        assertThat(good.status()).isZero();
        Path archive = archives().get(0);
        byte[] whole = Files.readAllBytes(archive);
        Files.delete(archive);
        for (byte[] damaged : List.of(
                new byte[0],
                "garbage".getBytes(StandardCharsets.UTF_8),
                Arrays.copyOf(whole, whole.length / 2),
                Arrays.copyOf(Arrays.copyOf(whole, whole.length / 2), whole.length))) {
            Files.deleteIfExists(archive);
            Files.write(archive, damaged);
            assertThat(opvc("explain", source.toString())).isEqualTo(good);
            assertThat(Files.size(archive)).isGreaterThan(whole.length / 2);
        }
    }

    @Test
    void cacheThatCannotBeWrittenBreaksNothing() throws Exception {
        Files.writeString(cache, "in the way");
        assertThat(opvc("check", source.toString())).isEqualTo(new Run(0, "", ""));
        environment.remove("XDG_CACHE_HOME");
        assertThat(opvc("check", source.toString())).isEqualTo(new Run(0, "", ""));
        environment.put("XDG_CACHE_HOME", "/proc");
        assertThat(opvc("check", source.toString())).isEqualTo(new Run(0, "", ""));
    }

    @Test
    void firstUsesAtOneTimeDoNotDisturbEachOther() throws Exception {
        List<Process> processes = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            processes.add(start(home.resolve("bin/opvc").toString(), "check", source.toString()));
        }
        for (Process process : processes) {
            assertThat(finish(process)).isEqualTo(new Run(0, "", ""));
        }
        assertThat(archives()).hasSize(1);
        try (Stream<Path> left = Files.list(cache.resolve("opvc"))) {
            assertThat(left.map(file -> file.getFileName().toString())).noneMatch(name -> name.startsWith("new."));
        }
    }

    @Test
    void jarCarriesLicencesAndNothingOfTheBuild() throws Exception {
        try (JarFile jar = new JarFile(home.resolve("lib/opvc/opvc.jar").toFile())) {
            assertThat(jar.getEntry("META-INF/LICENSE")).isNotNull();
            assertThat(jar.getEntry("META-INF/THIRD-PARTY")).isNotNull();
            assertThat(jar.stream().filter(entry -> entry.getName().startsWith("dev/opvc/dist")))
                    .isEmpty();
        }
        assertThat(home.resolve("LICENSE")).content().contains("Apache License");
        assertThat(home.resolve("THIRD-PARTY")).content().contains("The ANTLR Project");
        assertThat(home.resolve("README.md")).isRegularFile();
    }

    @Test
    void manPageNamesEveryCommandAndOption() throws Exception {
        String page = Files.readString(home.resolve("share/man/man1/opvc.1")).replace("\\-", "-");
        assertThat(page).contains(".SS \"compile\"", ".SS \"check\"", ".SS \"explain\"", "--java-out DIR", "--abi");
        if (!onPath("groff")) {
            System.out.println("left out: there is no groff for the man page");
            return;
        }
        Run groff = run(
                "groff",
                "-man",
                "-Tutf8",
                "-ww",
                "-z",
                home.resolve("share/man/man1/opvc.1").toString());
        assertThat(groff).isEqualTo(new Run(0, "", ""));
    }

    @Test
    void shellCompletesCommandsAndOptions() throws Exception {
        if (!onPath("bash")) {
            System.out.println("left out: there is no bash for the completion");
            return;
        }
        String script = ". '" + home.resolve("share/bash-completion/completions/opvc") + "'\n"
                // The shell has it only while it completes.
                + "compopt() { :; }\n"
                + "COMP_WORDS=(opvc ex); COMP_CWORD=1; _complete_opvc; echo \"${COMPREPLY[@]}\"\n"
                + "COMP_WORDS=(opvc compile --j); COMP_CWORD=2; _complete_opvc; echo \"${COMPREPLY[@]}\"\n";
        assertThat(run("bash", "-c", script)).isEqualTo(new Run(0, "explain\n--java-out\n", ""));
    }

    @Test
    void zshAndFishTakeTheirCompletion() throws Exception {
        Path zsh = home.resolve("share/zsh/site-functions/_opvc");
        Path fish = home.resolve("share/fish/vendor_completions.d/opvc.fish");
        assertThat(zsh).content().contains("'compile:", "'--java-out=[", "(text json)");
        if (onPath("zsh")) {
            assertThat(run("zsh", "-n", zsh.toString())).isEqualTo(new Run(0, "", ""));
        } else {
            System.out.println("left out: there is no zsh for the completion");
        }
        assertThat(fish).content().contains("-a compile", "-l java-out -r");
        if (onPath("fish")) {
            String script = "source '" + fish + "'; complete -C 'opvc ex'; complete -C 'opvc compile --java'";
            assertThat(run("fish", "--no-config", "-c", script).out())
                    .contains("explain\t")
                    .contains("--java-out");
        } else {
            System.out.println("left out: there is no fish for the completion");
        }
    }

    @Test
    void doctorTellsOfTheMachine() throws Exception {
        Run run = opvc("doctor");
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.out())
                .contains("runtime: Java " + property("dist.version"), "possible CPUs: ", "engine: user space");
        assertThat(opvc("doctor", "--json", "--need", "luck").status()).isEqualTo(2);
    }

    @Test
    void initialisedProjectInCRunsByTheCommandThatIsPrinted() throws Exception {
        if (!onPath("make") || !onPath("cc")) {
            System.out.println("left out: there is no make or no C compiler for the project in C");
            return;
        }
        Run init = opvc("init", "--c", "hits");
        assertThat(init.status()).as(init.err()).isZero();
        String command = init.out().substring(init.out().indexOf("run it: ") + "run it: ".length());
        Run made = run("sh", "-c", command);
        assertThat(made.status()).as(made.err()).isZero();
        assertThat(made.out()).contains("1000 requests, 1500000 bytes, 8 sizes\n");
    }

    @Test
    void headerRefusesARuntimeThatIsTooOld() throws Exception {
        if (!onPath("cc")) {
            System.out.println("left out: there is no C compiler for an older runtime");
            return;
        }
        assertThat(opvc("compile", "--c-out", "c", source.toString()).status()).isZero();
        Path main = Files.writeString(work.resolve("main.c"), HEADER_USER);
        Path header = home.resolve("include/opv/generated.h");
        String text = Files.readString(header);
        for (String older : List.of("#define OPV_LEVEL 0", "")) {
            Files.writeString(header, text.replaceFirst("#define OPV_LEVEL \\d+", older));
            Run cc = run("cc", "-fsyntax-only", "-I", home.resolve("include").toString(), "-I", "c", main.toString());
            assertThat(cc.status()).isNotZero();
            assertThat(cc.err()).contains("runtime is older than what generated this header");
        }
    }

    private void unpackInto(Path folder) throws Exception {
        Files.createDirectories(folder);
        assertThat(run("tar", "-xzf", property("dist.archive"), "-C", folder.toString())
                        .status())
                .isZero();
        home = folder.resolve("opvc-" + property("dist.version"));
    }

    private List<Path> archives() throws IOException {
        try (Stream<Path> files = Files.list(cache.resolve("opvc"))) {
            return files.filter(file -> file.toString().endsWith(".jsa")).toList();
        }
    }

    private Run opvc(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(home.resolve("bin/opvc").toString()));
        command.addAll(List.of(arguments));
        return run(command.toArray(String[]::new));
    }

    private Run run(String... command) throws Exception {
        return finish(start(command));
    }

    private Process start(String... command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).directory(work.toFile());
        builder.environment().keySet().removeIf(name -> !name.equals("LANG"));
        builder.environment().putAll(environment);
        return builder.start();
    }

    private static Run finish(Process process) throws Exception {
        process.getOutputStream().close();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Run(process.waitFor(), out, err);
    }

    private static boolean onPath(String program) {
        return Stream.of("/usr/bin", "/bin").anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    private static String property(String name) {
        return Objects.requireNonNull(System.getProperty(name), name);
    }
}
