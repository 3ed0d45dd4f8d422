// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.diagnostic;

import dev.opvc.grammar.OpvLexer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What each diagnostic means, as the reference says it: read from {@code diagnostics.md}, which the grammar's jar
 * carries, so that there is one list. Tests see to it that each code has a row and that each example gets its code.
 */
public final class DiagnosticGuide {
    /** Statements of examples stand in the place of this one. */
    private static final String PLACEHOLDER = "    l->count = 0;\n";

    private static final String INDENT = "    ";

    private static final Pattern ROW =
            Pattern.compile("^\\| (OPV\\d{4}) \\| (.*?) \\| (?:`([^\n]*?)` )?\\| ([^\n]*) \\|$", Pattern.MULTILINE);
    private static final Pattern FRAME = Pattern.compile("```opv\n([^`]*)```\\s*\\z");
    private static final Pattern ALONE = Pattern.compile("import|/\\*");
    private static final Pattern DECLARATION =
            Pattern.compile("const|struct|percpu|transaction|vector|query|drain|enum|prefix");
    private static final Pattern LINK = Pattern.compile("\\[([^]]*)]\\([^)]*\\)");

    private final Map<DiagnosticCode, Entry> entries = new EnumMap<>(DiagnosticCode.class);
    private final String frame;

    /**
     * A row of the list.
     *
     * @param code the diagnostic
     * @param meaning what is wrong, without an article of its own
     * @param example OPV that gets the diagnostic: statements or declarations. Empty where it takes more than a line
     * @param mend what to do
     */
    public record Entry(DiagnosticCode code, String meaning, Optional<String> example, String mend) {}

    private DiagnosticGuide(String document) {
        Matcher end = FRAME.matcher(document);
        if (!end.find() || !end.group(1).contains(PLACEHOLDER)) {
            throw new IllegalStateException("the list of diagnostics does not end with where its examples stand");
        }
        frame = end.group(1);
        Matcher row = ROW.matcher(document);
        while (row.find()) {
            DiagnosticCode code = DiagnosticCode.ofText(row.group(1))
                    .orElseThrow(() -> new IllegalStateException("the list of diagnostics has an unknown code"));
            entries.put(
                    code,
                    new Entry(
                            code,
                            plain(row.group(2)),
                            Optional.ofNullable(row.group(3)).map(text -> text.replace("\\|", "|")),
                            plain(row.group(4))));
        }
    }

    /** Reads the list. Nothing is kept. */
    public static DiagnosticGuide read() {
        try (InputStream list = OpvLexer.class.getResourceAsStream("diagnostics.md")) {
            if (list == null) {
                throw new IllegalStateException("the grammar's jar lacks the list of diagnostics");
            }
            return new DiagnosticGuide(new String(list.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("the list of diagnostics cannot be read", e);
        }
    }

    /** The row of a code. */
    public Entry entry(DiagnosticCode code) {
        Entry entry = entries.get(code);
        if (entry == null) {
            throw new IllegalStateException("the list of diagnostics lacks " + code.text());
        }
        return entry;
    }

    /**
     * A whole file that gets the diagnostic, and no error of another code. Declarations stand behind those that all
     * examples share, statements in their transaction.
     */
    public Optional<String> file(Entry entry) {
        return entry.example().map(example -> {
            if (ALONE.matcher(example).lookingAt()) {
                return example + "\n";
            }
            return DECLARATION.matcher(example).lookingAt()
                    ? frame + "\n" + example + "\n"
                    : frame.replace(PLACEHOLDER, INDENT + example + "\n");
        });
    }

    /** Text of a row without Markdown's escapes; a link's place is the reference. */
    private static String plain(String text) {
        return LINK.matcher(text).replaceAll("$1 in the language reference").replace("\\|", "|");
    }
}
