// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.lower;

import dev.opvc.compiler.diagnostic.Diagnostic;
import dev.opvc.compiler.diagnostic.DiagnosticCode;
import dev.opvc.compiler.diagnostic.Diagnostics;
import dev.opvc.compiler.model.Result;
import dev.opvc.compiler.model.UnitDefinition;
import dev.opvc.compiler.vector.Address;
import dev.opvc.compiler.vector.Block;
import dev.opvc.compiler.vector.RangeCheck;
import java.util.List;

/** Lowers a transaction: all ways through it. */
final class TransactionLowering {
    /** Ways through a transaction, at most: each becomes a vector. */
    static final int PATHS_MAX = 64;

    private final UnitDefinition unit;
    private final Diagnostics diagnostics;
    private final int errorsBefore;
    private int paths;

    TransactionLowering(UnitDefinition unit, Diagnostics diagnostics) {
        this.unit = unit;
        this.diagnostics = diagnostics;
        this.errorsBefore = diagnostics.errorCount();
    }

    /**
     * Lowers it.
     *
     * @param cells gets the cells of all paths
     */
    Block lower(List<Address.OfCell> cells) {
        PathBuilder path = new PathBuilder(cells);
        unit.parameters().stream()
                .filter(parameter -> parameter.max().isPresent())
                .forEach(parameter -> path.check(new RangeCheck.WithinMax(parameter)));
        return lower(path, Cursor.before(unit.body()));
    }

    /** Lowers a path to its end, and all that branch off it. More than there may be are left out, and reported. */
    Block lower(PathBuilder path, Cursor cursor) {
        return paths > PATHS_MAX ? path.commit() : new PathLowering(this, path, cursor).lower();
    }

    Diagnostics diagnostics() {
        return diagnostics;
    }

    /** A path is complete. */
    void endPath(Cursor cursor, PathBuilder path) {
        paths++;
        if (paths > PATHS_MAX) {
            reportTooMany();
        }
        // What has been reported may be the reason why a result is missing.
        if (diagnostics.errorCount() == errorsBefore) {
            unit.results().stream()
                    .filter(result -> !path.hasResult(result))
                    .forEach(result -> reportMissing(result, cursor.when()));
        }
    }

    private void reportTooMany() {
        diagnostics.report(Diagnostic.at(
                        unit.name().span(),
                        DiagnosticCode.TOO_MANY_PATHS,
                        "there are more than " + PATHS_MAX + " ways through `" + unit.name() + "`")
                .note("every `if … else` doubles the ways through what follows it, and so does `&&` or `||` whose"
                        + " right side may only be evaluated where the left side does not decide")
                .help("split the transaction, or decide before the call"));
    }

    private void reportMissing(Result result, String when) {
        String path = when.isEmpty() ? "is never assigned" : "is not assigned where `" + when + "`";
        diagnostics.report(Diagnostic.at(
                        result.identifier().span(),
                        DiagnosticCode.RESULT_ASSIGNMENT,
                        "the result `" + result.name() + "` " + path)
                .help("assign it once on every path: `" + result.name() + " = …;`"));
    }
}
