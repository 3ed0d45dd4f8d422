// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.c;

import java.util.List;

/** Documentation comments that would break a header which took them as they are. */
final class HostileText {
    /** What a comment of the language can hold: anything but its own end. */
    private static final List<String> LINES = List.of(
            "/* a comment in a comment /* and /** one more",
            "a line that goes on \\",
            "and on ??/",
            "#error ??= ??( ??) ??< ??> ??! ??' ??- ???/ ????/",
            "* * / ** / *\\",
            "\\u002a\\u002f \\x2a/",
            "control \u0000 \u0001 \b \u000b \u001b \u007f \u0085 characters",
            "lines \u2028 and \u2029 paragraphs \f and pages",
            "direction \u202e \u2066 \u200f of text",
            "astral \ud83d\ude00, accented \u00e9, %s %n \"quotes\" 'single'",
            "*??/",
            "/",
            "\\");

    private HostileText() {}

    /** A source with these comments on everything that can have one; the last of them ends in a star. */
    static String source() {
        String comment = "/**\n" + String.join("\n", LINES) + "\n**/\n";
        String oneLine = "/** /* ends \\ */\n";
        return comment + "const A = 1;\n"
                + comment + "percpu struct S {\n" + comment + "u64 a;\n" + oneLine + "u8 b;\n}\n"
                + comment + "transaction t(percpu S s) {\n    s->a += 1;\n}\n"
                + oneLine + "vector v(byte *p) {\n    compare_eq(p, p, 1);\n}\n";
    }
}
