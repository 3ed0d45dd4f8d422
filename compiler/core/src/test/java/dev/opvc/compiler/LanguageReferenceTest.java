// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.opvc.compiler.LanguageDocuments.Block;
import dev.opvc.compiler.diagnostic.Diagnostic;
import dev.opvc.compiler.diagnostic.DiagnosticCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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
    private static final Pattern ROW =
            Pattern.compile("^\\| (OPV\\d{4}) \\| .*? \\| (?:`([^\n]*?)` )?\\| [^\n]* \\|$", Pattern.MULTILINE);
    private static final Pattern DECLARATION =
            Pattern.compile("(import|const|struct|percpu|transaction|vector|query|drain|/\\*).*", Pattern.DOTALL);
    private static final String EXAMPLE = "example.opv";
    private static final String PLACEHOLDER = "    l->count = 0;\n";

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
        Matcher row = ROW.matcher(LanguageDocuments.text(LanguageDocuments.DIAGNOSTICS));
        int examples = 0;
        while (row.find()) {
            if (row.group(2) != null) {
                examples++;
                String example = row.group(2).replace("\\|", "|");
                assertThat(codes(EXAMPLE, source(example)))
                        .as(row.group())
                        .filteredOn(code ->
                                !code.equals(DiagnosticCode.UNUSED_PARAMETER.text()) || code.equals(row.group(1)))
                        .isNotEmpty()
                        .containsOnly(row.group(1));
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

    /** Declarations stand alone, statements in the transaction that the document gives for them. */
    private static String source(String example) throws IOException {
        String frame = frame();
        if (example.startsWith("import") || example.startsWith("/*")) {
            return example;
        }
        return DECLARATION.matcher(example).matches() ? frame + example : frame.replace(PLACEHOLDER, example + "\n");
    }

    private static String frame() throws IOException {
        List<Block> blocks = LanguageDocuments.blocks(LanguageDocuments.DIAGNOSTICS);
        String last = blocks.get(blocks.size() - 1).source();
        assertThat(last).contains(PLACEHOLDER);
        return last;
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
