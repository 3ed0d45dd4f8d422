// SPDX-License-Identifier: Apache-2.0
package dev.opvc.maven;

import static org.assertj.core.api.Assertions.assertThat;

import dev.opvc.maven.UserProject.Run;
import dev.opvc.maven.UserProject.Snapshot;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/** What a second build writes, and what it leaves alone. Each test begins with a first build. */
class IncrementalBuildIT {
    private static final String HITS = "src/main/opv/com/acme/hits.opv";
    private static final String MISSES = "src/main/opv/com/acme/misses.opv";
    private static final String STEP = "src/main/opv/shared/step.opv";
    private static final String GENERATED = "target/generated-sources/opv";
    private static final String CLASSES = "target/classes";

    private UserProject project = new UserProject(Path.of(""));
    private Snapshot sources = new Snapshot(Map.of());
    private Snapshot classes = new Snapshot(Map.of());
    private Snapshot target = new Snapshot(Map.of());

    @BeforeEach
    void firstBuild(TestInfo test) throws Exception {
        project =
                UserProject.copy("counters", test.getTestMethod().orElseThrow().getName());
        compile();
        assertThat(project.path(GENERATED + "/com/acme/Hits.java")).isRegularFile();
        assertThat(project.path(CLASSES + "/com/acme/Hits.class")).isRegularFile();
        assertThat(project.path(CLASSES + "/com/acme/Cache.class")).isRegularFile();
        sources = project.snapshot(GENERATED);
        classes = project.snapshot(CLASSES);
        target = project.snapshot("target");
    }

    @Test
    void secondBuildWritesNothingAndCompilesNothing() throws Exception {
        compile();
        assertThat(project.snapshot(GENERATED)).isEqualTo(sources);
        assertThat(project.snapshot(CLASSES)).isEqualTo(classes);
        assertThat(project.snapshot("target").changesSince(target)).isEmpty();
    }

    @Test
    void editRegeneratesWhatDependsOnIt() throws Exception {
        project.edit(MISSES, "+= 1", "+= 4");
        compile();
        assertThat(project.snapshot(GENERATED).changesSince(sources)).containsExactly("com/acme/Misses.java");
        assertThat(project.snapshot(CLASSES).changesSince(classes)).contains("com/acme/Misses.class");
    }

    @Test
    void editOfAnImportRegeneratesTheImporter() throws Exception {
        project.edit(STEP, "STEP = 2", "STEP = 8");
        compile();
        assertThat(project.snapshot(GENERATED).changesSince(sources))
                .contains("com/acme/Hits.java")
                .doesNotContain("com/acme/Misses.java");
        assertThat(project.path(GENERATED + "/com/acme/Hits.java")).content().contains("8");
        assertThat(project.snapshot(CLASSES).changesSince(classes)).contains("com/acme/Hits.class");
    }

    @Test
    void deletedSourceTakesItsOutputAlong() throws Exception {
        Files.delete(project.path(MISSES));
        compile();
        assertThat(project.snapshot(GENERATED).changesSince(sources)).containsExactly("com/acme/Misses.java");
        assertThat(project.path(GENERATED + "/com/acme/Misses.java")).doesNotExist();
        assertThat(project.path(CLASSES + "/com/acme/Misses.class")).doesNotExist();
        assertThat(project.path(CLASSES + "/com/acme/Hits.class")).isRegularFile();
    }

    @Test
    void renamedSourceTakesItsOutputAlong() throws Exception {
        Files.delete(project.path(MISSES));
        Files.writeString(
                project.path("src/main/opv/com/acme/losses.opv"),
                "package com.acme;\npercpu struct Losses { u64 n; }\ntransaction lose(percpu Losses l) { l->n += 1; }\n");
        compile();
        assertThat(project.snapshot(GENERATED).changesSince(sources))
                .containsExactly("com/acme/Losses.java", "com/acme/Misses.java");
        assertThat(project.path(GENERATED + "/com/acme/Misses.java")).doesNotExist();
        assertThat(project.path(CLASSES + "/com/acme/Losses.class")).isRegularFile();
    }

    @Test
    void failedBuildLeavesTheOutputsOfTheLastGoodOne() throws Exception {
        project.edit(HITS, "h->n", "h->lost");
        project.edit(MISSES, "+= 1", "+= 4");
        Run run = project.maven("compile");
        assertThat(run.status()).isNotZero();
        assertThat(project.snapshot(GENERATED)).isEqualTo(sources);
        assertThat(project.snapshot(CLASSES)).isEqualTo(classes);
        assertThat(project.snapshot("target").changesSince(target)).isEmpty();
    }

    @Test
    void lostOutputIsMadeAgain() throws Exception {
        Files.delete(project.path(GENERATED + "/com/acme/Misses.java"));
        compile();
        assertThat(project.snapshot(GENERATED).changesSince(sources)).containsExactly("com/acme/Misses.java");
        assertThat(project.path(GENERATED + "/com/acme/Misses.java")).isRegularFile();
    }

    private void compile() throws Exception {
        Run run = project.maven("compile");
        assertThat(run.status()).as(run.text()).isZero();
    }
}
