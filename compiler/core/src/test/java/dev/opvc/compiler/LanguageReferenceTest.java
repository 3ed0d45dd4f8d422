// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.opvc.compiler.diagnostic.Diagnostic;
import dev.opvc.compiler.diagnostic.DiagnosticCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Holds the language reference to the truth: its examples compile, or fail as it says. */
class LanguageReferenceTest {
    private static final Path REFERENCE = Path.of("grammar", "README.md");
    private static final Pattern BLOCK = Pattern.compile("```opv( error (OPV\\d{4}))?\n(.*?)```", Pattern.DOTALL);
    private static final Pattern FILE_COMMENT = Pattern.compile("// (\\w+\\.opv)\n");
    private static final Pattern ROW =
            Pattern.compile("^\\| (OPV\\d{4}) \\| .*? \\| (?:`([^\n]*?)` )?\\| [^\n]* \\|$", Pattern.MULTILINE);
    private static final Pattern DECLARATION =
            Pattern.compile("(import|const|struct|percpu|transaction|vector|query|/\\*).*", Pattern.DOTALL);
    private static final String EXAMPLE = "example.opv";
    private static final String PLACEHOLDER = "    l->count = 0;\n";

    @TempDir
    Path folder;

    @Test
    void blocksCompileOrFailAsMarked() throws IOException {
        Matcher block = BLOCK.matcher(reference());
        int blocks = 0;
        while (block.find()) {
            blocks++;
            String source = block.group(3);
            Matcher named = FILE_COMMENT.matcher(source);
            List<String> codes = codes(named.lookingAt() ? named.group(1) : EXAMPLE, source);
            boolean unusedOnly = codes.stream().allMatch(code -> code.equals(DiagnosticCode.UNUSED_PARAMETER.text()));
            if (block.group(2) == null) {
                assertThat(unusedOnly).as(source + codes).isTrue();
            } else {
                assertThat(codes).as(source).containsExactly(block.group(2));
            }
        }
        assertThat(blocks).isGreaterThan(10);
    }

    @Test
    void examplesOfTheTableProduceTheirCodes() throws IOException {
        Matcher row = ROW.matcher(reference());
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
        assertThat(examples).isGreaterThan(30);
    }

    @Test
    void theTableListsEveryCodeInOrder() throws IOException {
        List<String> listed = new ArrayList<>();
        Matcher row = ROW.matcher(reference());
        while (row.find()) {
            listed.add(row.group(1));
        }
        assertThat(listed)
                .containsExactlyElementsOf(Arrays.stream(DiagnosticCode.values())
                        .map(DiagnosticCode::text)
                        .toList());
    }

    /** Declarations stand alone, statements in the transaction that the reference gives for them. */
    private static String source(String example) throws IOException {
        String frame = Objects.requireNonNull(frame());
        if (example.startsWith("import") || example.startsWith("/*")) {
            return example;
        }
        return DECLARATION.matcher(example).matches() ? frame + example : frame.replace(PLACEHOLDER, example + "\n");
    }

    private static String frame() throws IOException {
        Matcher block = BLOCK.matcher(reference());
        String last = "";
        while (block.find()) {
            last = block.group(3);
        }
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

    /** The reference, found from the module's folder or the repository's. */
    private static String reference() throws IOException {
        Path folder = Path.of("").toAbsolutePath();
        while (folder != null && !Files.exists(folder.resolve(REFERENCE))) {
            folder = folder.getParent();
        }
        return Files.readString(Objects.requireNonNull(folder).resolve(REFERENCE));
    }
}
