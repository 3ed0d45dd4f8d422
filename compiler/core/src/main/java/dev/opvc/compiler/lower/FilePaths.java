// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.lower;

import dev.opvc.compiler.diagnostic.Diagnostic;
import dev.opvc.compiler.diagnostic.DiagnosticCode;
import dev.opvc.compiler.diagnostic.Diagnostics;
import dev.opvc.compiler.vector.VectorUnit;

/**
 * Counts the ways through the units of a file, each of which is generated. A short line of choices makes {@value
 * TransactionLowering#PATHS_MAX} of them, so that without a limit a small file would take any amount of memory. What units
 * of a few ways make is in proportion to their source, and not counted.
 */
final class FilePaths {
    /** Ways through a unit that are not counted. */
    static final int UNCOUNTED = 8;

    /** Ways that are counted, in one file, at most. */
    static final int COUNTED_MAX = 1_008;

    private final Diagnostics diagnostics;
    private int counted;

    FilePaths(Diagnostics diagnostics) {
        this.diagnostics = diagnostics;
    }

    /** Counts those of a unit; reports the unit with which there are too many. */
    void add(VectorUnit unit) {
        counted += Math.max(0, unit.paths().size() - UNCOUNTED);
        if (areTooMany()) {
            diagnostics.report(Diagnostic.at(
                            unit.name().span(),
                            DiagnosticCode.TOO_MANY_PATHS_OF_FILE,
                            "with `" + unit.name() + "` there are more than " + COUNTED_MAX
                                    + " ways through units of this file, beyond " + UNCOUNTED + " of each")
                    .help("move units to another file, or decide before the call"));
        }
    }

    boolean areTooMany() {
        return counted > COUNTED_MAX;
    }
}
