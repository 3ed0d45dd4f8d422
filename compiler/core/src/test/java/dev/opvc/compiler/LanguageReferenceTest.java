// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.opvc.compiler.LanguageDocuments.Block;
import dev.opvc.compiler.diagnostic.Diagnostic;
import dev.opvc.compiler.diagnostic.DiagnosticCode;
import dev.opvc.compiler.diagnostic.DiagnosticGuide;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds the language's documents to the truth: their examples compile, or fail as they say. */
class LanguageReferenceTest {
    private static final int BLOCKS_MIN = 20;
    private static final int EXAMPLES_MIN = 30;
    private static final Pattern FILE_COMMENT = Pattern.compile("// (\\w+\\.opv)\n");
    private static final Pattern CODE = Pattern.compile("OPV\\d{4}");
    private static final Pattern ROW = Pattern.compile("^\\| (OPV\\d{4}) \\|", Pattern.MULTILINE);
    private static final String EXAMPLE = "example.opv";

    @TempDir
    Path folder;

    static List<Path> documents() throws IOException {
        return LanguageDocuments.names();
    }

    @ParameterizedTest
    @MethodSource("documents")
    void blocksCompileOrFailAsMarked(Path document) throws IOException {
        StringBuilder before = new StringBuilder();
        for (Block block : LanguageDocuments.blocks(document)) {
            Matcher named = FILE_COMMENT.matcher(block.source());
            String name = named.lookingAt() ? named.group(1) : EXAMPLE;
            List<String> codes = codes(name, before + block.source());
            if (block.code().isPresent()) {
                assertThat(codes)
                        .as(block.source())
                        .containsExactly(block.code().get());
            } else {
                assertThat(codes).as(block.source()).allMatch(DiagnosticCode.UNUSED_PARAMETER.text()::equals);
            }
            if (document.equals(LanguageDocuments.TUTORIAL)) {
                before.append(block.source());
            }
        }
    }

    @Test
    void thereAreBlocks() throws IOException {
        int blocks = 0;
        for (Path document : documents()) {
            blocks += LanguageDocuments.blocks(document).size();
        }
        assertThat(blocks).isGreaterThan(BLOCKS_MIN);
    }

    @Test
    void examplesOfTheTableProduceTheirCodes() throws IOException {
        DiagnosticGuide guide = DiagnosticGuide.read();
        int examples = 0;
        for (DiagnosticCode code : DiagnosticCode.values()) {
            Optional<String> file = guide.file(guide.entry(code));
            if (file.isPresent()) {
                examples++;
                assertThat(codes(EXAMPLE, file.get()))
                        .as(file.get())
                        .filteredOn(each -> !each.equals(DiagnosticCode.UNUSED_PARAMETER.text())
                                || code == DiagnosticCode.UNUSED_PARAMETER)
                        .isNotEmpty()
                        .containsOnly(code.text());
            }
        }
        assertThat(examples).isGreaterThan(EXAMPLES_MIN);
    }

    @Test
    void everyCodeIsInTheTableOnceAndInOrder() throws IOException {
        List<String> listed = new ArrayList<>();
        Matcher row = ROW.matcher(LanguageDocuments.text(LanguageDocuments.DIAGNOSTICS));
        while (row.find()) {
            listed.add(row.group(1));
        }
        assertThat(listed).containsExactlyElementsOf(allCodes());
    }

    /** A code that is mentioned elsewhere exists, and is explained in the one table only. */
    @ParameterizedTest
    @MethodSource("documents")
    void codesThatAreMentionedExist(Path document) throws IOException {
        String text = LanguageDocuments.text(document);
        assertThat(CODE.matcher(text).results().map(match -> match.group())).isSubsetOf(allCodes());
        if (!document.equals(LanguageDocuments.DIAGNOSTICS)) {
            assertThat(ROW.matcher(text).results()).isEmpty();
        }
    }

    private static List<String> allCodes() {
        return Arrays.stream(DiagnosticCode.values()).map(DiagnosticCode::text).toList();
    }

    private List<String> codes(String name, String source) throws IOException {
        Path file = folder.resolve(name);
        Files.writeString(file, source);
        return Compiler.compile(new CompileRequest(List.of(file), List.of())).diagnostics().stream()
                .map(Diagnostic::code)
                .map(DiagnosticCode::text)
                .toList();
    }
}
