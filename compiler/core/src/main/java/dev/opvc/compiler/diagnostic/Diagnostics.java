// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.diagnostic;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Collects the diagnostics of a run. Not safe for use by several threads. */
public final class Diagnostics {
    /** Diagnostics of one file that are reported, errors first; the others are summed up in one more. */
    public static final int PER_FILE_MAX = 200;

    /** Diagnostics of one file that are kept to choose from; a hostile source could fill the memory with more. */
    private static final int KEPT_PER_FILE_MAX = 5_000;

    private static final Comparator<Diagnostic> BY_PLACE = Comparator.comparingInt(
            diagnostic -> diagnostic.span() == null ? -1 : diagnostic.span().start());

    /** What is known of one file. */
    private static final class OfFile {
        private final Set<Diagnostic> errors = new LinkedHashSet<>();
        private final Set<Diagnostic> warnings = new LinkedHashSet<>();
        private int notKept;

        /** Whether it was new. */
        boolean add(Diagnostic diagnostic) {
            Set<Diagnostic> alike = diagnostic.severity() == Severity.ERROR ? errors : warnings;
            if (alike.size() < KEPT_PER_FILE_MAX) {
                return alike.add(diagnostic);
            }
            notKept++;
            return true;
        }
    }

    private final Map<String, OfFile> files = new LinkedHashMap<>();
    private int errorCount;

    /** Adds a diagnostic, unless the same has been reported. */
    public void report(Diagnostic diagnostic) {
        boolean added =
                files.computeIfAbsent(diagnostic.file(), each -> new OfFile()).add(diagnostic);
        if (added && diagnostic.severity() == Severity.ERROR) {
            errorCount++;
        }
    }

    /** Whether there are so many errors already that nobody will read a suggestion which costs time to find. */
    public boolean areMany() {
        return errorCount > PER_FILE_MAX;
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
        files.forEach((file, known) -> result.addAll(sorted(file, known)));
        return List.copyOf(result);
    }

    /** However many warnings there are, the errors among them are shown: they are why nothing was compiled. */
    private static List<Diagnostic> sorted(String file, OfFile known) {
        List<Diagnostic> shown = new ArrayList<>(
                known.errors.stream().sorted(BY_PLACE).limit(PER_FILE_MAX).toList());
        known.warnings.stream()
                .sorted(BY_PLACE)
                .limit(PER_FILE_MAX - shown.size())
                .forEach(shown::add);
        shown.sort(BY_PLACE);
        int left = known.errors.size() + known.warnings.size() + known.notKept - shown.size();
        if (left > 0) {
            shown.add(
                    Diagnostic.of(file, DiagnosticCode.TOO_MANY_DIAGNOSTICS, left + " more diagnostics are not shown"));
        }
        return shown;
    }
}
