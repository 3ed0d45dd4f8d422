// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.diagnostic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.opvc.compiler.source.SourceFile;
import dev.opvc.compiler.source.Span;
import java.util.List;
import org.junit.jupiter.api.Test;

class RendererTest {
    private static final String SMILE = "\ud83d\ude00";

    @Test
    void aDiagnosticHasItsLineAndCarets() {
        Diagnostic diagnostic = at("a.opv", "first\nlet x = total;\n", "total").help("say `l->total`");
        assertThat(text(diagnostic)).isEqualTo("""
                        a.opv:2:9: error[OPV0203]: wrong
                        let x = total;
                                ^^^^^
                        help: say `l->total`
                        """);
        assertThat(json(diagnostic))
                .isEqualTo("{\"file\": \"a.opv\", \"line\": 2, \"column\": 9, \"endLine\": 2, \"endColumn\": 14,"
                        + " \"severity\": \"error\", \"code\": \"OPV0203\", \"message\": \"wrong\","
                        + " \"help\": \"say `l->total`\"}\n");
    }

    @Test
    void aFileAsAWholeHasNoLine() {
        Diagnostic diagnostic = Diagnostic.of("a.opv", DiagnosticCode.FILE_UNREADABLE, "cannot be read");
        assertThat(text(diagnostic)).isEqualTo("a.opv: error[OPV0001]: cannot be read\n");
        assertThat(json(diagnostic))
                .startsWith("{\"file\": \"a.opv\", \"line\": 1, \"column\": 1, \"endLine\": 1, \"endColumn\": 1, ");
    }

    @Test
    void tabsAreCopiedAndCountAsOneColumn() {
        Diagnostic diagnostic = at("a.opv", "\tif\tbad then", "bad");
        assertThat(text(diagnostic)).isEqualTo("a.opv:1:5: error[OPV0203]: wrong\n\tif\tbad then\n\t  \t^^^\n");
        assertThat(json(diagnostic)).contains("\"column\": 5, \"endLine\": 1, \"endColumn\": 8");
    }

    @Test
    void tabsInsideThePlaceAreCopiedToo() {
        assertThat(text(at("a.opv", "x\ty;", "x\ty"))).endsWith("x\ty;\n^\t^\n");
        assertThat(text(at("a.opv", "\t", "\t"))).endsWith("\t\n^\n");
    }

    @Test
    void columnsCountCodePointsAndCaretsCountCells() {
        Diagnostic astral = at("a.opv", "/* " + SMILE + " */ bad;", "bad");
        assertThat(text(astral))
                .isEqualTo("a.opv:1:9: error[OPV0203]: wrong\n/* " + SMILE + " */ bad;\n" + " ".repeat(9) + "^^^\n");
        assertThat(json(astral)).contains("\"column\": 9, \"endLine\": 1, \"endColumn\": 12");

        assertThat(text(at("a.opv", "e\u0301 bad", "bad"))).endsWith("\n  ^^^\n");
        assertThat(text(at("a.opv", "x \u4e2d\u6587", "\u4e2d\u6587"))).endsWith("\n  ^^^^\n");
        assertThat(text(at("a.opv", "e\u0301", "\u0301"))).endsWith("\n ^\n");
    }

    @Test
    void carriageReturnsOfLineEndsAreNotShown() {
        assertThat(text(at("a.opv", "one\r\nbad;\r\n", "bad")))
                .isEqualTo("a.opv:2:1: error[OPV0203]: wrong\nbad;\n^^^\n");
        assertThat(text(at("a.opv", "one\r\nbad;\r\n", "\r\nbad")))
                .isEqualTo("a.opv:1:4: error[OPV0203]: wrong\none\n   ^\n");
    }

    @Test
    void aPlaceOfSeveralLinesIsMarkedToTheEndOfTheFirst() {
        Diagnostic diagnostic = at("a.opv", "x = one +\n  two;", "one +\n  two");
        assertThat(text(diagnostic)).isEqualTo("a.opv:1:5: error[OPV0203]: wrong\nx = one +\n    ^^^^^\n");
        assertThat(json(diagnostic)).contains("\"line\": 1, \"column\": 5, \"endLine\": 2, \"endColumn\": 6");
    }

    @Test
    void anEmptyPlaceIsMarkedByOneCaret() {
        SourceFile file = new SourceFile("a.opv", "x\n");
        assertThat(text(Diagnostic.at(new Span(file, 2, 2), DiagnosticCode.SYNTAX, "missing")))
                .isEqualTo("a.opv:2:1: error[OPV0104]: missing\n\n^\n");
        assertThat(text(Diagnostic.at(new Span(file, 1, 1), DiagnosticCode.SYNTAX, "missing")))
                .isEqualTo("a.opv:1:2: error[OPV0104]: missing\nx\n ^\n");
    }

    @Test
    void nothingFromAFileControlsTheTerminal() {
        String text = text(at("a\u001b.opv", "\u001b[31m bad \u202e\u0000\u007f", "bad"));
        assertThat(text).startsWith("a\u241b.opv:1:7: ").endsWith("\n\u241b[31m bad \ufffd\u2400\u2421\n      ^^^\n");
        Diagnostic diagnostic =
                Diagnostic.of("a.opv", DiagnosticCode.SYNTAX, "no \u001b").note("n\u0007");
        assertThat(text(diagnostic)).isEqualTo("a.opv: error[OPV0104]: no \u241b\nnote: n\u2407\n");
    }

    @Test
    void aLongLineIsCutAroundThePlace() {
        String text = text(at("a.opv", "a".repeat(1000) + "bad" + "c".repeat(1000), "bad"));
        List<String> lines = text.lines().toList();
        assertThat(lines.get(1))
                .startsWith("...a")
                .endsWith("c...")
                .contains("bad")
                .hasSizeLessThan(200);
        assertThat(lines.get(2).indexOf('^')).isEqualTo(lines.get(1).indexOf("bad"));
        assertThat(lines.get(2).trim()).isEqualTo("^^^");
    }

    @Test
    void aLongLineIsCutAtItsEndsOnly() {
        List<String> start =
                text(at("a.opv", "bad" + "c".repeat(1000), "bad")).lines().toList();
        assertThat(start.get(1)).startsWith("badc").endsWith("c...");
        List<String> end =
                text(at("a.opv", "a".repeat(1000) + "bad", "bad")).lines().toList();
        assertThat(end.get(1)).startsWith("...a").endsWith("abad");
        assertThat(end.get(2)).hasSameSizeAs(end.get(1)).endsWith(" ^^^");
        List<String> all =
                text(at("a.opv", "b".repeat(1000), "b".repeat(1000))).lines().toList();
        assertThat(all.get(2)).isEqualTo("^".repeat(all.get(1).length() - "...".length()));
    }

    @Test
    void notesHaveTheirOwnPlaces() {
        SourceFile other = new SourceFile("other.opv", "struct Node {}\n");
        Diagnostic diagnostic = at("a.opv", "bad;", "bad")
                .note(new Span(other, 7, 11), "declared here")
                .note("operations\n  1  add\n\n  2  add");
        assertThat(text(diagnostic)).isEqualTo("""
                        a.opv:1:1: error[OPV0203]: wrong
                        bad;
                        ^^^
                        other.opv:1:8: note: declared here
                        struct Node {}
                               ^^^^
                        note: operations
                              1  add

                              2  add
                        """);
        assertThat(json(diagnostic))
                .contains("\"notes\": [{\"file\": \"other.opv\", \"line\": 1, \"column\": 8, \"endLine\": 1,"
                        + " \"endColumn\": 12, \"message\": \"declared here\"}, {\"message\": \"operations\\u000a");
    }

    @Test
    void jsonHasOneObjectALine() {
        Diagnostic diagnostic = Diagnostic.of("a\n.opv", DiagnosticCode.SYNTAX, "two\nlines");
        assertThat(JsonRenderer.render(List.of(diagnostic, diagnostic)).lines()).hasSize(2);
        assertThat(JsonRenderer.render(List.of())).isEmpty();
        assertThat(TextRenderer.render(List.of())).isEmpty();
    }

    private static Diagnostic at(String name, String source, String place) {
        SourceFile file = new SourceFile(name, source);
        int start = source.codePointCount(0, source.indexOf(place));
        Span span = new Span(file, start, start + place.codePointCount(0, place.length()));
        return Diagnostic.at(span, DiagnosticCode.TYPE_MISMATCH, "wrong");
    }

    private static String text(Diagnostic diagnostic) {
        return TextRenderer.render(List.of(diagnostic));
    }

    private static String json(Diagnostic diagnostic) {
        return JsonRenderer.render(List.of(diagnostic));
    }
}
