// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.opvc.compiler.diagnostic.Diagnostic;
import dev.opvc.compiler.diagnostic.DiagnosticCode;
import dev.opvc.compiler.source.Span;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Compiles each file under {@code diagnostics/}. What is wrong in a file stands in it, as {@code //! CODE part of the
 * message} at the end of the line where it begins; several of them are separated by {@code //!}. A line without a mark
 * must be clean, so one file is a whole test.
 */
class MarkedSourceTest {
    private static final Pattern MARK = Pattern.compile("//! (OPV\\d{4}) ([^/\n\r]*(?:/(?!/!)[^/\n\r]*)*)");

    /**
     * What is wrong with files as such is tested where files are read and written, names and limits of the targets where
     * they are given, and what takes a thousand paths in LittleMemoryTest.
     */
    private static final Set<DiagnosticCode> WITHOUT_A_LINE = EnumSet.of(
            DiagnosticCode.FILE_UNREADABLE,
            DiagnosticCode.FILE_TOO_LARGE,
            DiagnosticCode.FILE_NOT_UTF8,
            DiagnosticCode.FILE_NAME,
            DiagnosticCode.OUTPUT_UNWRITABLE,
            DiagnosticCode.OUTPUT_COLLISION,
            DiagnosticCode.TOO_MANY_DIAGNOSTICS,
            DiagnosticCode.IMPORT_FOLDER,
            DiagnosticCode.TOO_MANY_PATHS_OF_FILE,
            DiagnosticCode.TARGET_NAME_COLLISION,
            DiagnosticCode.TARGET_NAME_UNREACHABLE,
            DiagnosticCode.TARGET_METHOD_TOO_LONG,
            DiagnosticCode.TARGET_CLASS_TOO_LARGE,
            DiagnosticCode.TARGET_METHOD_SLOW,
            DiagnosticCode.C_NAME_OF_TWO_HEADERS);

    static List<Path> sources() throws IOException, URISyntaxException {
        URL folder = Objects.requireNonNull(MarkedSourceTest.class.getResource("/diagnostics"));
        try (Stream<Path> files = Files.list(Path.of(folder.toURI()))) {
            return files.filter(file -> file.toString().endsWith(".opv"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("sources")
    void reportsWhatIsMarked(Path file) throws IOException {
        CompileResult result = Compiler.compile(new CompileRequest(List.of(file), List.of()));

        assertThat(found(result, file)).isEqualTo(marked(file));
    }

    @Test
    void everyCodeIsProducedBySomeSource() throws IOException, URISyntaxException {
        Set<String> produced = new TreeSet<>();
        for (Path file : sources()) {
            Matcher mark = MARK.matcher(Files.readString(file));
            while (mark.find()) {
                produced.add(mark.group(1));
            }
        }
        Set<String> expected = new TreeSet<>();
        EnumSet.complementOf(EnumSet.copyOf(WITHOUT_A_LINE)).forEach(code -> expected.add(code.text()));

        assertThat(produced).isEqualTo(expected);
    }

    private record Mark(int line, String code, String message) {}

    private static List<String> marked(Path file) throws IOException {
        List<String> lines = new ArrayList<>();
        for (Mark mark : marks(file)) {
            lines.add(mark.line + ": " + mark.code + " " + mark.message);
        }
        return lines;
    }

    private static List<Mark> marks(Path file) throws IOException {
        List<Mark> marks = new ArrayList<>();
        String[] lines = Files.readString(file).split("\n", -1);
        for (int i = 0; i < lines.length; i++) {
            Matcher mark = MARK.matcher(lines[i]);
            while (mark.find()) {
                marks.add(new Mark(i + 1, mark.group(1), mark.group(2).strip()));
            }
        }
        return marks;
    }

    /** Each diagnostic, cut down to the part of its message that its mark names. */
    private static List<String> found(CompileResult result, Path file) throws IOException {
        List<Mark> unused = new ArrayList<>(marks(file));
        List<String> found = new ArrayList<>();
        for (Diagnostic diagnostic : result.diagnostics()) {
            Span span = diagnostic.span();
            int line = span == null ? 0 : span.line();
            String message = diagnostic.message();
            for (Mark mark : unused) {
                if (mark.line == line && mark.code.equals(diagnostic.code().text()) && message.contains(mark.message)) {
                    unused.remove(mark);
                    message = mark.message;
                    break;
                }
            }
            found.add(line + ": " + diagnostic.code().text() + " " + message);
        }
        return found;
    }
}
