// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.diagnostic;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Collects the diagnostics of a run. Not safe for use by several threads. */
public final class Diagnostics {
    /** Errors of one file that are reported; what comes behind them is summed up in one more. */
    public static final int ERRORS_PER_FILE_MAX = 200;

    private static final Comparator<Diagnostic> BY_PLACE = Comparator.comparingInt(
            diagnostic -> diagnostic.span() == null ? -1 : diagnostic.span().start());

    private final Set<Diagnostic> all = new LinkedHashSet<>();
    private int errorCount;

    public void report(Diagnostic diagnostic) {
        if (all.add(diagnostic) && diagnostic.severity() == Severity.ERROR) {
            errorCount++;
        }
    }

    public boolean hasErrors() {
        return errorCount > 0;
    }

    /** How many errors have been reported so far: a phase compares it to see whether another added one. */
    public int errorCount() {
        return errorCount;
    }

    /** Everything reported, file by file in the order in which files first were named, in source order. */
    public List<Diagnostic> sorted() {
        List<Diagnostic> result = new ArrayList<>();
        Set<String> files = new LinkedHashSet<>();
        all.forEach(diagnostic -> files.add(diagnostic.file()));
        for (String file : files) {
            List<Diagnostic> ofFile = all.stream()
                    .filter(diagnostic -> diagnostic.file().equals(file))
                    .sorted(BY_PLACE)
                    .toList();
            result.addAll(limited(file, ofFile));
        }
        return List.copyOf(result);
    }

    private static List<Diagnostic> limited(String file, List<Diagnostic> ofFile) {
        if (ofFile.size() <= ERRORS_PER_FILE_MAX) {
            return ofFile;
        }
        List<Diagnostic> kept = new ArrayList<>(ofFile.subList(0, ERRORS_PER_FILE_MAX));
        kept.add(Diagnostic.of(
                file,
                DiagnosticCode.TOO_MANY_DIAGNOSTICS,
                (ofFile.size() - ERRORS_PER_FILE_MAX) + " more diagnostics are not shown"));
        return kept;
    }
}
