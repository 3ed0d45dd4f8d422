// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit;

import dev.opvc.compiler.diagnostic.Diagnostic;
import dev.opvc.compiler.diagnostic.DiagnosticCode;
import dev.opvc.compiler.diagnostic.Diagnostics;
import dev.opvc.compiler.source.SourceFile;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Where the files of a run are generated for one target: no two in one place, not even where file names ignore case, as
 * on macOS and Windows. Names within one source file are the emitter's to compare.
 */
public final class OutputPlaces {
    private record Taken(String path, SourceFile source) {}

    private final Diagnostics diagnostics;
    private final Map<String, Taken> taken = new HashMap<>();

    public OutputPlaces(Diagnostics diagnostics) {
        this.diagnostics = diagnostics;
    }

    /** Adds what is generated from a source file, and reports what would be in the place of another's. */
    public void add(List<OutputFile> files, SourceFile source) {
        for (OutputFile file : files) {
            Taken first = taken.putIfAbsent(ignoringCase(file.path()), new Taken(file.path(), source));
            if (first != null && !first.source().equals(source)) {
                report(file.path(), source, first);
            }
        }
    }

    /** What two paths have in common if they may name one file. */
    static String ignoringCase(String path) {
        return path.toLowerCase(Locale.ROOT);
    }

    private void report(String path, SourceFile source, Taken first) {
        String from = first.source().name();
        diagnostics.report(Diagnostic.of(
                        source.name(),
                        DiagnosticCode.OUTPUT_COLLISION,
                        path.equals(first.path())
                                ? "`" + path + "` is generated from " + from + " already"
                                : "`" + path + "` is `" + first.path() + "`, generated from " + from
                                        + ", where file names ignore case")
                .help("give one of the two another name or package"));
    }
}
