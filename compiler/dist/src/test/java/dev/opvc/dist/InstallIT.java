// SPDX-License-Identifier: Apache-2.0
package dev.opvc.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code make install}, and the C project of the samples built with what it installs: clean, unchanged, and changed. */
class InstallIT {
    private static final Path ROOT = Path.of(property("opvc.root"));
    private static final String EIGHT = "1000 requests, 1500000 bytes, 8 sizes\n";
    private static final String NINE = "1000 requests, 1500000 bytes, 9 sizes\n";
    private static final String LIBRARY_USER = """
            #include "hits.opv.h"
            int main(void)
            {
                struct hits_percpu *all = hits_alloc();
                return all == NULL || hits_hit(all, 1, 0) != 0;
            }
            """;

    @TempDir
    private Path temp;

    private Path prefix = Path.of("");
    private Path project = Path.of("");
    private final Map<String, String> environment = new TreeMap<>();

    /** How a process ended, and what it printed. */
    private record Run(int status, String text) {}

    @BeforeEach
    void copyProject() throws Exception {
        prefix = temp.resolve("pre fix");
        project = temp.resolve("project");
        copy(ROOT.resolve("samples/c-project"), project);
        environment.put("XDG_CACHE_HOME", temp.resolve("cache").toString());
        environment.put("JAVA_HOME", System.getProperty("java.home"));
        environment.put("PATH", prefix.resolve("bin") + ":/usr/bin:/bin");
        environment.put("PKG_CONFIG_PATH", prefix.resolve("lib/pkgconfig").toString());
    }

    @Test
    void installsBelowAnotherRootAndUninstalls() throws Exception {
        if (missing("make", "cc")) {
            return;
        }
        Path stage = temp.resolve("stage");
        assertDone(make("install", "DESTDIR=" + stage, "PREFIX=/usr"));
        assertThat(files(stage.resolve("usr")))
                .contains(
                        "bin/opvc",
                        "bin/opv-doctor",
                        "include/opv/engine.h",
                        "include/opv/machine/x86_64.h",
                        "include/opv/impl/vector.h",
                        "lib/libopv.a",
                        "lib/libopv.so",
                        "lib/pkgconfig/opvc.pc",
                        "lib/cmake/opvc/opvc-config.cmake",
                        "lib/cmake/opvc/opvc-config-version.cmake",
                        "lib/opvc/opvc.jar",
                        "share/man/man1/opvc.1",
                        "share/bash-completion/completions/opvc",
                        "share/zsh/site-functions/_opvc",
                        "share/fish/vendor_completions.d/opvc.fish");
        assertThat(stage.resolve("usr/lib/pkgconfig/opvc.pc"))
                .content()
                .contains("prefix=/usr\n", "libdir=/usr/lib\n")
                .doesNotContain("@");
        assertDone(make("uninstall", "DESTDIR=" + stage, "PREFIX=/usr"));
        assertThat(files(stage.resolve("usr"))).isEmpty();
    }

    @Test
    void makeBuildsAfterEachChangeAndNotOtherwise() throws Exception {
        if (missing("make", "cc")) {
            return;
        }
        assertDone(make("install", "PREFIX=" + prefix));
        assertThat(makeRun()).endsWith(EIGHT).contains("compile --c-out");
        assertThat(makeRun()).endsWith(EIGHT).doesNotContain("compile --c-out", " -c ");
        edit("limits.opv", "SIZES = 8", "SIZES = 9");
        assertThat(makeRun()).endsWith(NINE).contains("compile --c-out");
        assertThat(makeRun()).endsWith(NINE).doesNotContain("compile --c-out", " -c ");
        edit("hits.opv", "h->bytes += bytes;", "h->lost += bytes;");
        Run wrong = run(project, "make", "run");
        assertThat(wrong.status()).isNotZero();
        assertThat(wrong.text()).contains("error[OPV0204]");
    }

    @Test
    void cmakeBuildsAfterEachChangeAndNotOtherwise() throws Exception {
        if (missing("make", "cc", "cmake")) {
            return;
        }
        assertDone(make("install", "PREFIX=" + prefix));
        for (String generator : missing("ninja") ? List.of("Unix Makefiles") : List.of("Unix Makefiles", "Ninja")) {
            copy(ROOT.resolve("samples/c-project"), project);
            String build = "build-" + generator.charAt(0);
            assertDone(run(project, "cmake", "-G", generator, "-B", build, "-DCMAKE_PREFIX_PATH=" + prefix));
            assertThat(cmakeRun(build)).endsWith(EIGHT).contains("Generating headers");
            assertThat(cmakeRun(build)).endsWith(EIGHT).doesNotContain("Generating headers", "Building C");
            edit("limits.opv", "SIZES = 8", "SIZES = 9");
            assertThat(cmakeRun(build)).endsWith(NINE).contains("Generating headers");
            assertThat(cmakeRun(build)).endsWith(NINE).doesNotContain("Generating headers", "Building C");
            edit("hits.opv", "h->bytes += bytes;", "h->bytes += bytes; /* changes no header */");
            assertThat(cmakeRun(build)).endsWith(NINE).contains("Generating headers");
            assertThat(cmakeRun(build)).endsWith(NINE).doesNotContain("Generating headers");
        }
    }

    /** An import that is not named is noticed too: by what the depfile says. */
    @Test
    void cmakeNoticesAChangedImport() throws Exception {
        if (missing("make", "cc", "cmake")) {
            return;
        }
        assertDone(make("install", "PREFIX=" + prefix));
        Files.createDirectory(project.resolve("shared"));
        Files.move(project.resolve("limits.opv"), project.resolve("shared/limits.opv"));
        edit(
                "CMakeLists.txt",
                "opvc_generate(hits hits.opv limits.opv)",
                "opvc_generate(hits hits.opv IMPORT_DIRS shared)\nopvc_generate(hits shared/limits.opv)");
        assertDone(run(project, "cmake", "-B", "build", "-DCMAKE_PREFIX_PATH=" + prefix));
        assertThat(cmakeRun("build")).endsWith(EIGHT);
        edit("shared/limits.opv", "SIZES = 8", "SIZES = 9");
        assertThat(cmakeRun("build")).endsWith(NINE);
        assertThat(cmakeRun("build")).endsWith(NINE).doesNotContain("Generating headers");
    }

    @Test
    void unpackedArchiveIsEnoughForCmakeAndMake() throws Exception {
        if (missing("make", "cc", "cmake", "tar")) {
            return;
        }
        assertDone(run(temp, "tar", "-xzf", property("dist.archive")));
        prefix = temp.resolve("opvc-" + property("dist.version"));
        environment.put("PATH", "/usr/bin:/bin");
        assertDone(run(project, "cmake", "-B", "out", "-DCMAKE_PREFIX_PATH=" + prefix));
        assertThat(cmakeRun("out")).endsWith(EIGHT);
        Run made = run(project, "make", "-s", "OPVC=" + prefix.resolve("bin/opvc"), "run");
        assertThat(made.text()).endsWith(EIGHT);
    }

    @Test
    void librariesLinkByPkgConfig() throws Exception {
        if (missing("make", "cc", "pkg-config")) {
            return;
        }
        assertDone(make("install", "PREFIX=" + prefix.resolveSibling("prefix")));
        environment.put(
                "PKG_CONFIG_PATH", prefix.resolveSibling("prefix/lib/pkgconfig").toString());
        environment.put("LD_LIBRARY_PATH", prefix.resolveSibling("prefix/lib").toString());
        Files.writeString(project.resolve("user.c"), LIBRARY_USER);
        String opvc = prefix.resolveSibling("prefix/bin/opvc").toString();
        assertDone(run(project, opvc, "compile", "--c-out", ".", "hits.opv", "limits.opv"));
        for (String linking : List.of("$(pkg-config --libs opvc)", "-static $(pkg-config --static --libs opvc)")) {
            String command = "cc -std=gnu11 $(pkg-config --cflags opvc) user.c " + linking + " -o user && ./user";
            assertDone(run(project, "sh", "-c", command));
        }
        assertThat(run(project, "pkg-config", "--modversion", "opvc").text()).matches("\\d+\\.\\d+\\.\\d+\n");
    }

    private Run make(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(
                List.of("make", "-s", "-C", ROOT.resolve("runtime/c").toString()));
        command.add("BUILD=" + temp.resolve("build"));
        command.addAll(List.of(arguments));
        return run(temp, command.toArray(String[]::new));
    }

    private String makeRun() throws Exception {
        Run run = run(project, "make", "run");
        assertDone(run);
        return run.text();
    }

    private String cmakeRun(String build) throws Exception {
        Run built = run(project, "cmake", "--build", build);
        assertDone(built);
        Run run = run(project, build + "/hits");
        assertDone(run);
        return built.text() + run.text();
    }

    /** Make compares times of files, which some file systems keep by the second only. */
    private void edit(String file, String from, String to) throws Exception {
        String text = Files.readString(project.resolve(file));
        assertThat(text).contains(from);
        Thread.sleep(1100);
        Files.writeString(project.resolve(file), text.replace(from, to));
    }

    private static void assertDone(Run run) {
        assertThat(run.status()).as(run.text()).isZero();
    }

    private Run run(Path folder, String... command) throws IOException, InterruptedException {
        List<String> found = new ArrayList<>(List.of(command));
        if (found.get(0).contains("/")) {
            found.set(0, folder.resolve(found.get(0)).toString());
        }
        ProcessBuilder builder =
                new ProcessBuilder(found).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> !name.equals("LANG"));
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Run(process.waitFor(), text);
    }

    /** Whether a program is not here, which is then told. */
    private static boolean missing(String... programs) {
        for (String program : programs) {
            if (Stream.of("/usr/bin", "/bin").noneMatch(folder -> Files.isExecutable(Path.of(folder, program)))) {
                System.out.println("left out: there is no " + program + " for what is installed");
                return true;
            }
        }
        return false;
    }

    private static List<String> files(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString())
                    .toList();
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
                if (folder.getFileName().toString().equals("build")) {
                    return FileVisitResult.SKIP_SUBTREE;
                }
                Files.createDirectories(to.resolve(from.relativize(folder)));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.writeString(to.resolve(from.relativize(file)), Files.readString(file));
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private static String property(String name) {
        return Objects.requireNonNull(System.getProperty(name), name);
    }
}
