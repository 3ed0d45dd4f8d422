// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.explain;

import dev.opvc.compiler.diagnostic.DiagnosticCode;
import dev.opvc.compiler.diagnostic.DiagnosticGuide;
import dev.opvc.compiler.json.Json;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a diagnostic means, for people and for tools. */
public final class DiagnosticExplanation {
    private DiagnosticExplanation() {}

    /** Meaning and mend, and a file that gets the diagnostic, where there is one of a few lines. */
    public static String text(DiagnosticCode code) {
        DiagnosticGuide guide = DiagnosticGuide.read();
        DiagnosticGuide.Entry entry = guide.entry(code);
        StringBuilder text = new StringBuilder();
        text.append(code.text())
                .append(", ")
                .append(code.severity().label())
                .append(": ")
                .append(entry.meaning())
                .append('\n');
        entry.example().ifPresent(example -> text.append("\nExample:\n\n").append(indented(example + "\n")));
        text.append("\nMend: ").append(entry.mend()).append('\n');
        guide.file(entry)
                .filter(file -> file.lines().count() > 1)
                .ifPresent(file ->
                        text.append("\nThe example as a whole file:\n\n").append(indented(file)));
        return text.toString();
    }

    /** The same as an object with the members {@code code severity meaning mend}, and perhaps {@code example file}. */
    public static String json(DiagnosticCode code) {
        DiagnosticGuide guide = DiagnosticGuide.read();
        DiagnosticGuide.Entry entry = guide.entry(code);
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("code", code.text());
        members.put("severity", code.severity().label());
        members.put("meaning", entry.meaning());
        members.put("mend", entry.mend());
        entry.example().ifPresent(example -> members.put("example", example));
        guide.file(entry).ifPresent(file -> members.put("file", file));
        return Json.pretty(members) + "\n";
    }

    private static String indented(String text) {
        return text.replaceAll("(?m)^(?=.)", "    ");
    }
}
