// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.lower;

import dev.opvc.compiler.diagnostic.Diagnostics;
import dev.opvc.compiler.language.UnitKind;
import dev.opvc.compiler.model.Program;
import dev.opvc.compiler.model.UnitDefinition;
import dev.opvc.compiler.vector.Address;
import dev.opvc.compiler.vector.Block;
import dev.opvc.compiler.vector.VectorProgram;
import dev.opvc.compiler.vector.VectorUnit;
import java.util.ArrayList;
import java.util.List;

/** Lowers the units of a file to operation vectors, and holds every vector to the limits. */
public final class Lowering {
    private Lowering() {}

    /** Lowers a file. A unit that cannot be lowered, or is over a limit, is reported, and missing from the result. */
    public static VectorProgram lower(Program program, Diagnostics diagnostics) {
        List<VectorUnit> units = new ArrayList<>();
        FilePaths paths = new FilePaths(diagnostics);
        for (UnitDefinition unit : program.units()) {
            if (paths.areTooMany()) {
                break;
            }
            int errorsBefore = diagnostics.errorCount();
            List<Address.OfCell> cells = new ArrayList<>();
            Block body = body(unit, cells, diagnostics);
            if (diagnostics.errorCount() == errorsBefore) {
                VectorUnit lowered = new VectorUnit(
                        unit.kind(),
                        unit.name(),
                        unit.parameters(),
                        unit.results(),
                        unit.outcomes(),
                        unit.outcomesDeclared(),
                        body,
                        cells,
                        unit.doc());
                new LimitCheck(unit.name(), unit.kind(), diagnostics).check(lowered);
                paths.add(lowered);
                // What is over a limit may be of any size, and nobody has to find names for it.
                if (diagnostics.errorCount() == errorsBefore) {
                    units.add(lowered);
                }
            }
        }
        return new VectorProgram(
                program.file(),
                program.path(),
                program.namespace(),
                program.imports(),
                program.constants(),
                program.tables(),
                program.structs(),
                units,
                QueryLowering.lower(program.queries(), diagnostics));
    }

    private static Block body(UnitDefinition unit, List<Address.OfCell> cells, Diagnostics diagnostics) {
        return unit.kind() == UnitKind.VECTOR
                ? new RawLowering(cells, diagnostics).lower(unit)
                : new TransactionLowering(unit, diagnostics).lower(cells);
    }
}
