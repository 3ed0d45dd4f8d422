// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.opvc.compiler.diagnostic.Diagnostics;
import dev.opvc.compiler.source.SourceFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every OPV file of the repository is in the one formatting. */
class RepositoryFormatTest {
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```opv\n(.*?)^```$");

    static List<Path> files() throws IOException {
        return OpvFiles.formatted();
    }

    static List<Path> documents() throws IOException {
        return OpvFiles.documents();
    }

    @ParameterizedTest
    @MethodSource("files")
    void isFormatted(Path file) throws IOException {
        String source = Files.readString(file);

        assertThat(source).as("run: ./opvc fmt %s", file).isEqualTo(Formatted.of(source));
    }

    @Test
    void theSamplesAreAmongThem() throws IOException {
        assertThat(files()).anyMatch(file -> file.endsWith("samples/traffic/traffic.opv"));
    }

    /** Blocks that are marked as OPV. Those that do not parse, because they are only a part of a file, are left out. */
    @ParameterizedTest
    @MethodSource("documents")
    void whatDocumentsShowIsFormatted(Path document) throws IOException {
        Matcher block = BLOCK.matcher(Files.readString(document));
        while (block.find()) {
            String source = block.group(1);
            Optional<String> formatted =
                    Formatter.format(new SourceFile(document.toString(), source), new Diagnostics());
            assertThat(source).as("in %s", document).isEqualTo(formatted.orElse(source));
        }
    }
}
