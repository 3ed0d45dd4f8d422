// SPDX-License-Identifier: Apache-2.0
package dev.opvc.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FormatCommandTest {
    private static final String UGLY = "\uFEFFconst A=1;\r\nconst B  =2 ; // two";
    private static final String NICE = "const A = 1;\nconst B = 2; // two\n";
    private static final String WRONG = "const A = ;\n";
    private static final FileTime LONG_AGO = FileTime.fromMillis(1_000_000_000_000L);

    @TempDir
    private Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private Path ugly = Path.of("");
    private Path nice = Path.of("");
    private Path wrong = Path.of("");

    @BeforeEach
    void writeSources() throws IOException {
        ugly = source("ugly.opv", UGLY);
        nice = source("nice.opv", NICE);
        wrong = source("wrong.opv", WRONG);
    }

    @Test
    void filesAreFormattedInPlace() throws IOException {
        assertThat(run("fmt", ugly.toString(), nice.toString())).isEqualTo(ExitStatus.DONE);
        assertThat(Files.readString(ugly)).isEqualTo(NICE);
        assertThat(text(out) + text(err)).isEmpty();
        assertThat(names()).containsExactly("nice.opv", "ugly.opv", "wrong.opv");
    }

    @Test
    void whatIsFormattedIsNotTouched() throws IOException {
        assertThat(run("fmt", nice.toString(), ugly.toString())).isEqualTo(ExitStatus.DONE);
        assertThat(Files.getLastModifiedTime(nice)).isEqualTo(LONG_AGO);
        assertThat(Files.getLastModifiedTime(ugly)).isNotEqualTo(LONG_AGO);
    }

    @Test
    void aByteOrderMarkAloneIsAReasonToWrite() throws IOException {
        Path marked = source("marked.opv", "\uFEFF" + NICE);
        assertThat(run("fmt", "--check", marked.toString())).isEqualTo(ExitStatus.INPUT);
        assertThat(run("fmt", marked.toString())).isEqualTo(ExitStatus.DONE);
        assertThat(Files.readString(marked)).isEqualTo(NICE);
    }

    @Test
    void checkListsAndWritesNothing() throws IOException {
        assertThat(run("fmt", "--check", nice.toString(), ugly.toString())).isEqualTo(ExitStatus.INPUT);
        assertThat(text(out)).isEqualTo(ugly + "\n");
        assertThat(text(err)).isEmpty();
        assertThat(Files.readString(ugly)).isEqualTo(UGLY);
        assertThat(run("fmt", "--check", nice.toString())).isEqualTo(ExitStatus.DONE);
        assertThat(text(out)).isEmpty();
    }

    @Test
    void checkListsBesideAFileThatDoesNotParse() {
        assertThat(run("fmt", "--check", wrong.toString(), ugly.toString())).isEqualTo(ExitStatus.INPUT);
        assertThat(text(out)).isEqualTo(ugly + "\n");
        assertThat(text(err)).startsWith(wrong + ":1:11: error[OPV0104]: ");
        assertThat(run("fmt", "--check", wrong.toString(), nice.toString())).isEqualTo(ExitStatus.INPUT);
        assertThat(text(out)).isEmpty();
    }

    @Test
    void nothingIsWrittenUnlessEveryFileParses() throws IOException {
        String missing = folder.resolve("missing.opv").toString();
        assertThat(run("fmt", ugly.toString(), wrong.toString(), missing)).isEqualTo(ExitStatus.INPUT);
        assertThat(text(err)).startsWith(wrong + ":1:11: error[OPV0104]: ").contains(missing + ": error[OPV0001]: ");
        assertThat(Files.readString(ugly)).isEqualTo(UGLY);
        assertThat(Files.readString(wrong)).isEqualTo(WRONG);
    }

    @Test
    void diagnosticsAreJsonWhereTheyShallBe() {
        assertThat(run("fmt", "--diagnostics=json", wrong.toString())).isEqualTo(ExitStatus.INPUT);
        assertThat(text(err)).startsWith("{\"file\": \"" + wrong + "\", \"line\": 1, \"column\": 11, ");
    }

    @Test
    void importsNeedNotExistAndNamesNeedNotBeKnown() throws IOException {
        Path alone = source("alone.opv", "import \"nowhere.opv\";\n\nconst A = UNKNOWN;\n");
        assertThat(run("fmt", alone.toString())).isEqualTo(ExitStatus.DONE);
        assertThat(text(err)).isEmpty();
    }

    @Test
    void aSymbolicLinkStaysOne() throws IOException {
        Path link = Files.createSymbolicLink(
                Files.createDirectory(folder.resolve("links")).resolve("link.opv"), ugly);
        assertThat(run("fmt", link.toString(), ugly.toString())).isEqualTo(ExitStatus.DONE);
        assertThat(Files.isSymbolicLink(link)).isTrue();
        assertThat(Files.readString(ugly)).isEqualTo(NICE);
        assertThat(Files.exists(link, LinkOption.NOFOLLOW_LINKS)).isTrue();
    }

    @Test
    void aFileThatMayNotBeWrittenIsNotReplacedAndStopsTheOthers() throws IOException {
        Path locked = source("locked.opv", UGLY);
        Files.setPosixFilePermissions(locked, PosixFilePermissions.fromString("r--r--r--"));
        assumeThat(Files.isWritable(locked)).as("permissions bind this user").isFalse();
        assertThat(run("fmt", ugly.toString(), locked.toString())).isEqualTo(ExitStatus.INPUT);
        assertThat(text(err)).startsWith(locked + ": error[OPV0007]: cannot be written: ");
        assertThat(Files.readString(ugly)).isEqualTo(UGLY);
    }

    @Test
    void aFormattedFileNeedNotBeWritable() throws IOException {
        Files.setPosixFilePermissions(nice, PosixFilePermissions.fromString("r--r--r--"));
        assertThat(run("fmt", nice.toString())).isEqualTo(ExitStatus.DONE);
    }

    @Test
    void helpSaysHow() {
        assertThat(run("help", "fmt")).isEqualTo(ExitStatus.DONE);
        assertThat(text(out)).startsWith("Usage: opvc fmt [--check] FILE...").contains("--check", "--diagnostics");
    }

    private int run(String... args) {
        out.reset();
        err.reset();
        return Main.run(
                args,
                new PrintStream(out, false, StandardCharsets.UTF_8),
                new PrintStream(err, false, StandardCharsets.UTF_8));
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private Path source(String name, String text) throws IOException {
        Path file = Files.writeString(folder.resolve(name), text);
        return Files.setLastModifiedTime(file, LONG_AGO);
    }

    private static String text(ByteArrayOutputStream stream) {
        return stream.toString(StandardCharsets.UTF_8);
    }
}
