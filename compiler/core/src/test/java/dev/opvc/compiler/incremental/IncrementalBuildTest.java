// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.incremental;

import static org.assertj.core.api.Assertions.assertThat;

import dev.opvc.compiler.CompileRequest;
import dev.opvc.compiler.Target;
import dev.opvc.compiler.incremental.BuildResult.Status;
import dev.opvc.compiler.source.ContentDigest;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IncrementalBuildTest {
    /** Outputs get this time after each build, so that one that is written again stands out. */
    private static final FileTime LONG_AGO = FileTime.fromMillis(1_000_000_000_000L);

    private static final String COUNTER = """
            package acme;
            percpu struct Counter { u64 n; }
            transaction count(percpu Counter c) { c->n += 1; }
            """;
    private static final String NODE = """
            package acme;
            const STEP = 2;
            """;
    private static final String USER = """
            package acme;
            import "node.opv";
            percpu struct User { u64 n; }
            transaction use(percpu User c) { c->n += STEP; }
            """;
    private static final String WARNED = """
            package acme;
            transaction w(u64 *a, u64 unused) { *a += 1; }
            """;

    @TempDir
    private Path temp;

    private Path base = Path.of("");
    private Path sources = Path.of("");
    private Path imports = Path.of("");
    private Path out = Path.of("");
    private Path record = Path.of("");
    private boolean warningsAreErrors;

    @BeforeEach
    void folders() throws IOException {
        base = Files.createDirectories(temp.resolve("a project"));
        sources = Files.createDirectories(base.resolve("src/opv"));
        imports = Files.createDirectories(base.resolve("imports"));
        out = base.resolve("target/java");
        record = base.resolve("target/opvc/record");
    }

    @Test
    void secondBuildDoesNothing() throws IOException {
        source("counter.opv", COUNTER);
        assertThat(build()).isEqualTo(Status.BUILT);
        assertThat(out.resolve("acme/Counter.java")).isRegularFile();
        SortedMap<String, String> before = snapshot();
        assertThat(build()).isEqualTo(Status.UP_TO_DATE);
        assertThat(snapshot()).isEqualTo(before);
    }

    @Test
    void editRewritesWhatDependsOnIt() throws IOException {
        source("counter.opv", COUNTER);
        source("other.opv", COUNTER.replace("Counter", "Other"));
        build();
        SortedMap<String, String> before = snapshot();
        source("counter.opv", COUNTER.replace("+= 1", "+= 3"));
        assertThat(build()).isEqualTo(Status.BUILT);
        assertThat(changed(before)).containsExactlyInAnyOrder("target/java/acme/Counter.java", "target/opvc/record");
    }

    @Test
    void editOfAnImportCounts() throws IOException {
        source("user.opv", USER);
        Files.writeString(imports.resolve("node.opv"), NODE);
        build();
        SortedMap<String, String> before = snapshot();
        Files.writeString(imports.resolve("node.opv"), NODE.replace("2", "5"));
        assertThat(build()).isEqualTo(Status.BUILT);
        assertThat(changed(before)).contains("target/java/acme/User.java");
        assertThat(out.resolve("acme/User.java")).content().contains("5");
    }

    /** The new file hides the old one, which is still as it was. */
    @Test
    void importThatAppearsInAnEarlierPlaceCounts() throws IOException {
        source("user.opv", USER);
        Files.writeString(imports.resolve("node.opv"), NODE);
        build();
        source("node.opv", NODE.replace("2", "7"));
        assertThat(build()).isEqualTo(Status.BUILT);
        assertThat(out.resolve("acme/User.java")).content().contains("7");
    }

    @Test
    void importInAnArchiveCounts() throws IOException {
        source("user.opv", USER);
        Path archive = temp.resolve("node.jar");
        archive(archive, NODE);
        try (FileSystem files = FileSystems.newFileSystem(archive)) {
            assertThat(build(List.of(files.getPath("/opv")))).isEqualTo(Status.BUILT);
        }
        try (FileSystem files = FileSystems.newFileSystem(archive)) {
            assertThat(build(List.of(files.getPath("/opv")))).isEqualTo(Status.UP_TO_DATE);
        }
        archive(archive, NODE.replace("2", "9"));
        try (FileSystem files = FileSystems.newFileSystem(archive)) {
            assertThat(build(List.of(files.getPath("/opv")))).isEqualTo(Status.BUILT);
        }
        assertThat(out.resolve("acme/User.java")).content().contains("9");
    }

    @Test
    void deletedSourceTakesItsOutputsAndTheirEmptyFoldersAlong() throws IOException {
        source("counter.opv", COUNTER);
        source("deep.opv", COUNTER.replace("acme", "acme.deep.down"));
        build();
        Files.delete(sources.resolve("deep.opv"));
        assertThat(build()).isEqualTo(Status.BUILT);
        assertThat(out.resolve("acme/deep")).doesNotExist();
        assertThat(out.resolve("acme/Counter.java")).isRegularFile();
    }

    @Test
    void lastSourceTakesEverythingAlong() throws IOException {
        source("counter.opv", COUNTER);
        build();
        Files.delete(sources.resolve("counter.opv"));
        assertThat(build()).isEqualTo(Status.BUILT);
        assertThat(out.resolve("acme")).doesNotExist();
        assertThat(record).doesNotExist();
    }

    @Test
    void foreignFilesInTheOutputFolderStay() throws IOException {
        source("counter.opv", COUNTER);
        build();
        Files.writeString(out.resolve("acme/Mine.java"), "mine");
        Files.delete(sources.resolve("counter.opv"));
        build();
        assertThat(out.resolve("acme/Mine.java")).hasContent("mine");
    }

    @Test
    void renamedSourceKeepsWhatBothMake() throws IOException {
        source("counter.opv", COUNTER);
        build();
        Files.move(sources.resolve("counter.opv"), sources.resolve("renamed.opv"));
        assertThat(build()).isEqualTo(Status.BUILT);
        assertThat(out.resolve("acme/Counter.java")).content().contains("renamed.opv");
        assertThat(build()).isEqualTo(Status.UP_TO_DATE);
    }

    @Test
    void failedBuildChangesNothing() throws IOException {
        source("counter.opv", COUNTER);
        build();
        SortedMap<String, String> before = snapshot();
        source("counter.opv", COUNTER.replace("n += 1", "m += 1"));
        assertThat(build()).isEqualTo(Status.REJECTED);
        assertThat(changed(before)).isEmpty();
        source("counter.opv", COUNTER);
        assertThat(build()).isEqualTo(Status.UP_TO_DATE);
    }

    @Test
    void unwritableOutputChangesNothing() throws IOException {
        source("counter.opv", COUNTER);
        build();
        SortedMap<String, String> before = snapshot();
        Files.createDirectories(out.resolve("acme/Other.java"));
        source("other.opv", COUNTER.replace("Counter", "Other"));
        assertThat(build()).isEqualTo(Status.UNWRITABLE);
        Files.delete(out.resolve("acme/Other.java"));
        SortedMap<String, String> after = snapshot();
        after.remove("target/opvc/record");
        before.remove("target/opvc/record");
        assertThat(after).isEqualTo(before);
        assertThat(build()).isEqualTo(Status.BUILT);
    }

    @Test
    void lostOrEditedOutputIsMadeAgain() throws IOException {
        source("counter.opv", COUNTER);
        build();
        Path output = out.resolve("acme/Counter.java");
        String good = Files.readString(output);
        Files.delete(output);
        assertThat(build()).isEqualTo(Status.BUILT);
        assertThat(output).hasContent(good);
        Files.writeString(output, "edited");
        assertThat(build()).isEqualTo(Status.BUILT);
        assertThat(output).hasContent(good);
    }

    @Test
    void warningsAreToldByEveryBuildWhichStillWritesNothing() throws IOException {
        source("warned.opv", WARNED);
        assertThat(run(List.of(imports)).diagnostics()).hasSize(1);
        age();
        SortedMap<String, String> before = snapshot();
        BuildResult again = run(List.of(imports));
        assertThat(again.status()).isEqualTo(Status.BUILT);
        assertThat(again.diagnostics()).hasSize(1);
        assertThat(snapshot()).isEqualTo(before);
    }

    @Test
    void warningsMayBeErrors() throws IOException {
        source("warned.opv", WARNED);
        warningsAreErrors = true;
        assertThat(build()).isEqualTo(Status.REJECTED);
        assertThat(out).doesNotExist();
        assertThat(record).doesNotExist();
    }

    @Test
    void otherSettingsBuildAgain() throws IOException {
        source("counter.opv", COUNTER);
        build();
        warningsAreErrors = true;
        assertThat(build()).isEqualTo(Status.BUILT);
        assertThat(build()).isEqualTo(Status.UP_TO_DATE);
    }

    @Test
    void movedOutputFolderLeavesNothingBehind() throws IOException {
        source("counter.opv", COUNTER);
        build();
        Path old = out;
        out = base.resolve("target/elsewhere");
        assertThat(build()).isEqualTo(Status.BUILT);
        assertThat(old).doesNotExist();
        assertThat(out.resolve("acme/Counter.java")).isRegularFile();
    }

    @Test
    void projectMayBeMoved() throws IOException {
        source("counter.opv", COUNTER);
        build();
        Path moved = temp.resolve("moved");
        Files.move(base, moved);
        base = moved;
        sources = moved.resolve("src/opv");
        imports = moved.resolve("imports");
        out = moved.resolve("target/java");
        record = moved.resolve("target/opvc/record");
        assertThat(build()).isEqualTo(Status.UP_TO_DATE);
    }

    /** What a process leaves that is killed after it wrote the outputs: they must not be forgotten. */
    @Test
    void interruptedBuildIsCleanedUpByTheNext() throws IOException {
        source("counter.opv", COUNTER);
        build();
        RecordFile file = new RecordFile(record);
        BuildRecord finished = file.read().orElseThrow();
        file.write(BuildRecord.EMPTY.unfinished(finished));
        Files.delete(sources.resolve("counter.opv"));
        source("other.opv", COUNTER.replace("Counter", "Other"));
        assertThat(build()).isEqualTo(Status.BUILT);
        assertThat(out.resolve("acme/Counter.java")).doesNotExist();
        assertThat(out.resolve("acme/Other.java")).isRegularFile();
    }

    @Test
    void unreadableRecordBuildsAgain() throws IOException {
        source("counter.opv", COUNTER);
        build();
        for (String text :
                List.of("", "something else\n", "opvc build record 1\nsource", "opvc build record 1\nsource x")) {
            Files.writeString(record, text);
            assertThat(build()).as(text).isEqualTo(Status.BUILT);
            assertThat(build()).as(text).isEqualTo(Status.UP_TO_DATE);
        }
    }

    @Test
    void recordKeepsNamesWithEndsOfLines() throws IOException {
        BuildRecord odd = new BuildRecord(
                List.of("a \\ b\nc", ""),
                Map.of("x\ny \\n", ContentDigest.ABSENT),
                Map.of("\r", ContentDigest.of(new byte[0])),
                Map.of(),
                true);
        RecordFile file = new RecordFile(record);
        file.write(odd);
        assertThat(file.read()).contains(odd);
    }

    private void source(String name, String text) throws IOException {
        Files.writeString(sources.resolve(name), text);
    }

    private static void archive(Path archive, String node) throws IOException {
        Files.deleteIfExists(archive);
        try (FileSystem files = FileSystems.newFileSystem(archive, Map.of("create", "true"))) {
            Files.createDirectory(files.getPath("/opv"));
            Files.writeString(files.getPath("/opv/node.opv"), node);
        }
    }

    private Status build() throws IOException {
        return build(List.of(imports));
    }

    private Status build(List<Path> folders) throws IOException {
        Status status = run(folders).status();
        age();
        return status;
    }

    private BuildResult run(List<Path> folders) throws IOException {
        List<Path> files = new ArrayList<>();
        try (Stream<Path> found = Files.list(sources)) {
            found.sorted().forEach(files::add);
        }
        return IncrementalBuild.run(new BuildRequest(
                base, record, new CompileRequest(files, folders), Map.of(Target.JAVA, out), warningsAreErrors, false));
    }

    private void age() throws IOException {
        for (Path file : outputs()) {
            Files.setLastModifiedTime(file, LONG_AGO);
        }
    }

    /** Each file below the target folder with its time and content. */
    private SortedMap<String, String> snapshot() throws IOException {
        SortedMap<String, String> snapshot = new TreeMap<>();
        for (Path file : outputs()) {
            snapshot.put(
                    base.relativize(file).toString(), Files.getLastModifiedTime(file) + "\n" + Files.readString(file));
        }
        return snapshot;
    }

    private List<Path> outputs() throws IOException {
        Path target = base.resolve("target");
        if (!Files.exists(target)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(target)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    /** What was made, written or removed; content tells, because times are set back after each build. */
    private List<String> changed(SortedMap<String, String> before) throws IOException {
        SortedMap<String, String> after = snapshot();
        List<String> changed = new ArrayList<>();
        Stream.concat(before.keySet().stream(), after.keySet().stream())
                .distinct()
                .filter(name -> !String.valueOf(before.get(name)).equals(after.get(name)))
                .forEach(changed::add);
        return changed;
    }
}
