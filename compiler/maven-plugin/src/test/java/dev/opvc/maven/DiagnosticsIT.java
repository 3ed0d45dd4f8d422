// SPDX-License-Identifier: Apache-2.0
package dev.opvc.maven;

import static org.assertj.core.api.Assertions.assertThat;

import dev.opvc.cli.Main;
import dev.opvc.maven.UserProject.Run;
import dev.opvc.maven.UserProject.Snapshot;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/** What a build says of bad sources and of a broken environment, and that it writes nothing then. */
class DiagnosticsIT {
    private static final String HITS = "src/main/opv/com/acme/hits.opv";
    private static final String MISSES = "src/main/opv/com/acme/misses.opv";
    private static final String GENERATED = "target/generated-sources/opv";

    private UserProject project = new UserProject(Path.of(""));

    @BeforeEach
    void copy(TestInfo test) throws Exception {
        project =
                UserProject.copy("counters", test.getTestMethod().orElseThrow().getName());
    }

    @Test
    void errorsStandAtTheirPlacesInTheWordsOfTheCommandLine() throws Exception {
        project.edit(HITS, "h->n", "h->lost");
        project.edit(MISSES, "m->n += 1;", "m->n += 1;\n    m->n += 1.5;");
        Run run = project.maven("compile");
        assertThat(run.status()).isNotZero();
        assertThat(run.text())
                .contains("[ERROR] " + project.path(HITS) + ":11:")
                .contains("[ERROR] " + project.path(MISSES) + ":10:");
        List<String> said = commandLine(HITS, MISSES);
        assertThat(said).hasSizeGreaterThan(4);
        assertThat(run.log().stream().map(line -> line.replaceFirst("^\\[ERROR] ", "")))
                .containsSubsequence(said);
        assertThat(run.text()).contains("MojoFailureException").doesNotContain("MojoExecutionException");
        assertThat(project.snapshot("target").files()).isEmpty();
    }

    @Test
    void checkSaysTheSameAndWritesNothing() throws Exception {
        assertThat(project.maven("opvc:check").status()).isZero();
        project.edit(HITS, "h->n", "h->lost");
        Run run = project.maven("opvc:check");
        assertThat(run.status()).isNotZero();
        assertThat(run.log().stream().map(line -> line.replaceFirst("^\\[ERROR] ", "")))
                .containsSubsequence(commandLine(HITS));
        assertThat(run.text()).contains("MojoFailureException");
        assertThat(project.path("target")).doesNotExist();
    }

    @Test
    void warningsAreErrorsWhereThatIsWanted() throws Exception {
        project.edit(MISSES, "percpu Misses m)", "percpu Misses m, u64 unused)");
        Run failed = project.maven("compile", "-Dopvc.failOnWarning");
        assertThat(failed.status()).isNotZero();
        assertThat(failed.text()).contains("MojoFailureException");
        assertThat(failed.log())
                .anyMatch(line -> line.startsWith("[WARNING] " + project.path(MISSES) + ":8:39: warning[OPV"));
        assertThat(project.snapshot("target").files()).isEmpty();

        assertThat(project.maven("compile").status()).isZero();
        Snapshot before = project.snapshot("target");
        Run again = project.maven("compile");
        assertThat(again.log())
                .anyMatch(line -> line.startsWith("[WARNING] " + project.path(MISSES) + ":8:39: warning[OPV"));
        assertThat(project.snapshot("target").changesSince(before)).isEmpty();
    }

    @Test
    void brokenEnvironmentIsNotTheUsersFailure() throws Exception {
        Files.createDirectories(project.path("target/generated-sources"));
        Files.writeString(project.path(GENERATED), "in the way");
        Run run = project.maven("compile");
        assertThat(run.status()).isNotZero();
        assertThat(run.text()).contains("MojoExecutionException").contains(GENERATED);
        assertThat(project.snapshot("target").files())
                .isEqualTo(Map.of(
                        "generated-sources/opv",
                        project.snapshot("target").files().get("generated-sources/opv")));
        assertThat(project.path(GENERATED)).hasContent("in the way");
    }

    /** What {@code opvc check} says, line by line, without its last line: how to ask it for more. */
    private List<String> commandLine(String... files) {
        String[] arguments = new String[files.length + 3];
        arguments[0] = "check";
        arguments[1] = "-I";
        arguments[2] = project.path("src/main/opv").toString();
        for (int i = 0; i < files.length; i++) {
            arguments[i + 3] = project.path(files[i]).toString();
        }
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Main.run(
                arguments,
                new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
        List<String> lines = err.toString(StandardCharsets.UTF_8).lines().toList();
        assertThat(lines.get(lines.size() - 1)).contains("`opvc explain OPV");
        return lines.subList(0, lines.size() - 1);
    }
}
