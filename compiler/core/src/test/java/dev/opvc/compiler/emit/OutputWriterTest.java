// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.opvc.compiler.diagnostic.Diagnostic;
import dev.opvc.compiler.diagnostic.DiagnosticCode;
import dev.opvc.compiler.diagnostic.Diagnostics;
import dev.opvc.compiler.emit.OutputWriter.Output;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputWriterTest {
    private static final FileTime LONG_AGO = FileTime.fromMillis(1_000_000_000_000L);

    @TempDir
    private Path root;

    private Path out;
    private List<Diagnostic> problems = List.of();

    @BeforeEach
    void nameTheOutputFolder() {
        out = root.resolve("out");
    }

    @Test
    void filesAndTheirFoldersAreCreated() throws IOException {
        assertThat(write(out.resolve("deep"), file("a/b/One.java", "one\u00e9"), file("Two.java", "two")))
                .isTrue();
        assertThat(files()).isEqualTo(Map.of("out/deep/a/b/One.java", "one\u00e9", "out/deep/Two.java", "two"));
        assertThat(problems).isEmpty();
    }

    @Test
    void severalFoldersAreWrittenTogether() throws IOException {
        Diagnostics diagnostics = new Diagnostics();
        List<Output> outputs = List.of(
                new Output(root.resolve("java"), List.of(file("A.java", "a"))),
                new Output(root.resolve("c"), List.of(file("a.h", "b"))));
        assertThat(OutputWriter.write(outputs, path -> true, diagnostics)).isTrue();
        assertThat(files()).isEqualTo(Map.of("java/A.java", "a", "c/a.h", "b"));
    }

    @Test
    void noFilesNeedNoFolder() {
        assertThat(write(out)).isTrue();
        assertThat(out).doesNotExist();
    }

    @Test
    void aNewFileHasThePermissionsOfAnyNewFile() throws IOException {
        Path ordinary = Files.writeString(root.resolve("ordinary"), "");
        assertThat(write(out, file("A.java", "a"))).isTrue();
        assertThat(Files.getPosixFilePermissions(out.resolve("A.java")))
                .isEqualTo(Files.getPosixFilePermissions(ordinary));
    }

    @Test
    void aFileThatWouldNotChangeIsNotTouched() throws IOException {
        Path same = existing("out/Same.java", "same");
        Path changed = existing("out/Changed.java", "old");
        Object key = key(same);
        assertThat(write(out, file("Same.java", "same"), file("Changed.java", "new")))
                .isTrue();
        assertThat(Files.getLastModifiedTime(same)).isEqualTo(LONG_AGO);
        assertThat(key(same)).isEqualTo(key);
        assertThat(Files.getLastModifiedTime(changed)).isGreaterThan(LONG_AGO);
        assertThat(files()).isEqualTo(Map.of("out/Same.java", "same", "out/Changed.java", "new"));
    }

    @Test
    void aReplacedFileKeepsItsPermissions() throws IOException {
        Set<PosixFilePermission> permissions = PosixFilePermissions.fromString("rw-rw-r-x");
        Path target = existing("out/A.java", "old");
        Files.setPosixFilePermissions(target, permissions);
        assertThat(write(out, file("A.java", "new"))).isTrue();
        assertThat(Files.getPosixFilePermissions(target)).isEqualTo(permissions);
    }

    @Test
    void aFileInPlaceOfTheFolderIsAProblem() throws IOException {
        existing("out", "a file");
        assertRefused(Map.of("out", "a file"), file("A.java", "a"), file("B.java", "b"));
        assertThat(problems).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo(DiagnosticCode.OUTPUT_UNWRITABLE);
            assertThat(problem.file()).isEqualTo(out.toString());
            assertThat(problem.message()).contains("no folder");
        });
    }

    @Test
    void aFileInPlaceOfAFolderInsideIsAProblemAndNothingElseIsWritten() throws IOException {
        existing("out/com", "a file");
        existing("out/Changed.java", "old");
        assertRefused(
                Map.of("out/com", "a file", "out/Changed.java", "old"),
                file("Changed.java", "new"),
                file("fresh/A.java", "a"),
                file("com/acme/B.java", "b"));
        assertThat(out.resolve("fresh")).doesNotExist();
    }

    @Test
    void aFolderInPlaceOfAFileIsAProblem() throws IOException {
        existing("out/A.java/inner", "x");
        assertRefused(Map.of("out/A.java/inner", "x"), file("A.java", "a"));
        assertThat(problems.get(0).message()).contains("no regular file");
    }

    @Test
    void permissionsAreRespected() throws IOException {
        Path readOnly = existing("out/A.java", "old");
        Files.setPosixFilePermissions(readOnly, PosixFilePermissions.fromString("r--r--r--"));
        assumeThat(Files.isWritable(readOnly))
                .as("left out: permissions do not bind the user who runs this test")
                .isFalse();
        assertRefused(Map.of("out/A.java", "old"), file("A.java", "new"), file("B.java", "b"));
    }

    @Test
    void twoFilesInOnePlaceCollide() throws IOException {
        assertRefused(Map.of(), file("A.java", "a"), file("A.java", "a"));
        assertThat(problems).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo(DiagnosticCode.OUTPUT_COLLISION);
            assertThat(problem.file()).isEqualTo(out.resolve("A.java").toString());
        });
    }

    @Test
    void filesThatAreOneWhereCaseIsIgnoredCollide() throws IOException {
        assertRefused(Map.of(), file("Ab.java", "a"), file("AB.java", "b"));
        assertThat(problems).extracting(Diagnostic::code).containsExactly(DiagnosticCode.OUTPUT_COLLISION);
    }

    @Test
    void whatOpvcDidNotWriteStaysUnlessItMayBeReplaced() throws IOException {
        existing("out/A.java", "// by hand\n");
        existing("out/B.java", "// Generated by opvc from b.opv. Do not edit.\nold");
        existing("out/b.h", "/* Generated by opvc from b.opv. Do not edit. */\nold");
        existing("out/Empty.java", "");
        existing("out/Same.java", "same");
        existing("out/Late.java", "// by hand, not\n// Generated by opvc from b.opv. Do not edit.\n");
        List<OutputFile> ours = List.of(
                file("B.java", "new"), file("b.h", "new"), file("Empty.java", "new"), file("Same.java", "same"));
        Map<String, String> before = files();
        for (String foreign : List.of("A.java", "Late.java")) {
            List<OutputFile> all = new ArrayList<>(ours);
            all.add(file(foreign, "new"));
            Diagnostics diagnostics = new Diagnostics();
            assertThat(OutputWriter.write(List.of(new Output(out, all)), path -> false, diagnostics))
                    .isFalse();
            assertThat(diagnostics.sorted()).singleElement().satisfies(problem -> {
                assertThat(problem.code()).isEqualTo(DiagnosticCode.OUTPUT_UNWRITABLE);
                assertThat(problem.file()).isEqualTo(out.resolve(foreign).toString());
                assertThat(problem.message()).contains("did not write");
            });
            assertThat(files()).isEqualTo(before);
        }
        assertThat(OutputWriter.write(List.of(new Output(out, ours)), path -> false, new Diagnostics()))
                .isTrue();
        assertThat(Files.readString(out.resolve("B.java"))).isEqualTo("new");
        assertThat(OutputWriter.write(
                        List.of(new Output(out, List.of(file("A.java", "new")))), path -> true, new Diagnostics()))
                .isTrue();
        assertThat(Files.readString(out.resolve("A.java"))).isEqualTo("new");
    }

    @Test
    void foldersThatAreOneCollideWhateverTheirNames() throws IOException {
        Files.createDirectory(out);
        Path link = Files.createSymbolicLink(root.resolve("link"), out);
        Diagnostics diagnostics = new Diagnostics();
        List<Output> outputs = List.of(
                new Output(link, List.of(file("sub/a", "1"))), new Output(out.resolve("sub"), List.of(file("a", "2"))));
        assertThat(OutputWriter.write(outputs, path -> true, diagnostics)).isFalse();
        assertThat(diagnostics.sorted()).extracting(Diagnostic::code).containsExactly(DiagnosticCode.OUTPUT_COLLISION);
        assertThat(files()).isEmpty();
    }

    @Test
    void aFileThatIsTheFolderOfAnotherIsAProblemAndNothingStays() throws IOException {
        assertRefused(Map.of(), file("a", "1"), file("a/b", "2"));
        assertThat(out).doesNotExist();
    }

    @Test
    void pathsThatLeadOutsideAreTheEmittersFault() {
        for (String path : List.of("../A.java", "a/../../A.java", "/A.java", "", ".", "a/./b")) {
            assertThatIllegalArgumentException()
                    .as(path)
                    .isThrownBy(() -> write(out, file("First.java", "1"), file(path, "a")));
        }
        assertThat(out).doesNotExist();
    }

    @Test
    void symbolicLinksInsideThatLeadOutsideAreNotFollowed() throws IOException {
        Files.createDirectories(root.resolve("elsewhere"));
        Files.createDirectory(out);
        Files.createSymbolicLink(out.resolve("com"), root.resolve("elsewhere"));
        assertRefused(Map.of(), file("com/A.java", "a"));
        assertRefused(Map.of(), file("com/acme/A.java", "a"));
        assertThat(problems.get(0).message()).contains("symbolic link");
    }

    @Test
    void aSymbolicLinkInPlaceOfAFileIsNotFollowedOrReplaced() throws IOException {
        Path victim = existing("victim", "precious");
        Files.createDirectory(out);
        Path link = Files.createSymbolicLink(out.resolve("A.java"), victim);
        assertRefused(Map.of("victim", "precious", "out/A.java", "precious"), file("A.java", "a"));
        assertThat(Files.isSymbolicLink(link)).isTrue();
        Path nowhere = Files.createSymbolicLink(out.resolve("B.java"), root.resolve("nowhere"));
        assertThat(write(out, file("B.java", "b"))).isFalse();
        assertThat(nowhere).isSymbolicLink();
        assertThat(root.resolve("nowhere")).doesNotExist();
    }

    @Test
    void linksThatStayInsideAndAFolderThatIsALinkAreFine() throws IOException {
        Path real = Files.createDirectories(root.resolve("real/inner"));
        Files.createSymbolicLink(out, root.resolve("real"));
        Files.createSymbolicLink(root.resolve("real/com"), real);
        assertThat(write(out, file("com/A.java", "a"))).isTrue();
        assertThat(real.resolve("A.java")).hasContent("a");
    }

    /** What makes a rename fail when everything before went well cannot be arranged on every machine. */
    @Test
    void aRenameThatFailsUndoesThoseBefore() throws IOException {
        Path old = existing("out/Old.java", "old");
        Diagnostics diagnostics = new Diagnostics();
        List<OutputFile> outputs =
                List.of(file("Old.java", "new"), file("fresh/New.java", "new"), file("Last.java", "x"));
        Staging.Rename failing = (from, to) -> {
            if (to.endsWith("Last.java")) {
                throw new IOException("the disk is on fire");
            }
            Staging.ATOMIC_RENAME.rename(from, to);
        };
        assertThat(OutputWriter.write(List.of(new Output(out, outputs)), path -> true, diagnostics, failing))
                .isFalse();
        assertThat(files()).isEqualTo(Map.of("out/Old.java", "old"));
        assertThat(Files.getLastModifiedTime(old)).isEqualTo(LONG_AGO);
        assertThat(out.resolve("fresh")).doesNotExist();
        assertThat(diagnostics.sorted()).singleElement().satisfies(problem -> {
            assertThat(problem.file()).isEqualTo(out.resolve("Last.java").toString());
            assertThat(problem.message()).contains("the disk is on fire");
        });
    }

    @Test
    void relativeFoldersWorkToo() throws IOException {
        Path relative = Path.of("").toAbsolutePath().relativize(out.toAbsolutePath());
        assertThat(write(relative, file("a/A.java", "a"))).isTrue();
        assertThat(files()).isEqualTo(Map.of("out/a/A.java", "a"));
    }

    private void assertRefused(Map<String, String> before, OutputFile... files) throws IOException {
        assertThat(write(out, files)).isFalse();
        assertThat(problems).isNotEmpty();
        assertThat(files()).isEqualTo(before);
    }

    private boolean write(Path folder, OutputFile... files) {
        Diagnostics diagnostics = new Diagnostics();
        boolean written = OutputWriter.write(List.of(new Output(folder, List.of(files))), path -> true, diagnostics);
        problems = diagnostics.sorted();
        return written;
    }

    private static OutputFile file(String path, String content) {
        return new OutputFile(path, content);
    }

    private Path existing(String path, String content) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
        Files.setLastModifiedTime(file, LONG_AGO);
        return file;
    }

    /** Tells whether a file is still the same one, not another with its content. */
    private static Object key(Path file) throws IOException {
        return Files.getAttribute(file, "unix:ino", LinkOption.NOFOLLOW_LINKS);
    }

    /** Everything that there is, temporary files included. */
    private Map<String, String> files() throws IOException {
        Map<String, String> contents = new TreeMap<>();
        List<Path> paths = new ArrayList<>();
        try (Stream<Path> walk = Files.walk(root)) {
            walk.filter(Files::isRegularFile).forEach(paths::add);
        }
        for (Path path : paths) {
            contents.put(root.relativize(path).toString(), Files.readString(path));
        }
        return contents;
    }
}
