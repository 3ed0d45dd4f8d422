// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.c.names;

import dev.opvc.compiler.diagnostic.Diagnostics;
import dev.opvc.compiler.emit.c.types.CTypes;
import dev.opvc.compiler.emit.c.types.RawBits;
import dev.opvc.compiler.model.Result;
import dev.opvc.compiler.model.ScalarType;
import dev.opvc.compiler.model.Type;
import dev.opvc.compiler.vector.Address;
import dev.opvc.compiler.vector.Block;
import dev.opvc.compiler.vector.ResultValue;
import dev.opvc.compiler.vector.Step;
import dev.opvc.compiler.vector.Value;
import dev.opvc.compiler.vector.VectorUnit;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The names of what the functions of a transaction or a raw vector have their values in. */
public final class UnitLocalNames extends LocalNames {
    private final Map<Integer, Result> copied = new HashMap<>();
    private final CellNames cells = new CellNames(this);

    private UnitLocalNames(Set<String> functions) {
        super(NameKind.LOCAL, functions);
    }

    /**
     * Names all of them, and reports which parameters and results would have one name. Values have names of the source
     * where these are free, and else numbered ones: the same name may stand for several.
     *
     * @param functions those of the header, which a local name would hide from calls
     */
    public static UnitLocalNames of(VectorUnit unit, Set<String> functions, Diagnostics diagnostics) {
        UnitLocalNames locals = new UnitLocalNames(functions);
        locals.addInterface(unit, diagnostics);
        locals.add(unit.body(), Set.of());
        locals.cells.add(unit.body());
        return locals;
    }

    private void add(Block block, Set<String> before) {
        Set<String> path = new HashSet<>(before);
        for (Step step : block.steps()) {
            if (step instanceof Step.Bind bind) {
                String type = CTypes.name(bind.local().type());
                assign(bind.local(), variable(bind.local().name(), types(type, type), path));
            }
            step.reads().forEach(prepared -> {
                Type type = prepared.type();
                String types = types(CTypes.name(type), RawBits.type(type));
                assign(prepared, variable(prepared.name(), types, path));
            });
        }
        if (block.end() instanceof Block.Choice choice) {
            add(choice.then(), path);
            add(choice.otherwise(), path);
            return;
        }
        for (ResultValue value : ((Block.Commit) block.end()).results()) {
            if (value instanceof ResultValue.Copied copy) {
                copied.put(copy.cell().number(), copy.result());
            }
        }
    }

    /** Where there is a variable, there may be a cell too. */
    private static String types(String variable, String cell) {
        return variable + ", " + cell;
    }

    /** The member of the unit's cells for a value: called like the value if that has a name. */
    public String of(Address.OfCell cell) {
        return valueName(cell).orElseGet(() -> cells.computed(cell));
    }

    /** The name of the result, parameter, binding or place whose value a cell has; empty if it is computed. */
    Optional<String> valueName(Address.OfCell cell) {
        Result result = copied.get(cell.number());
        if (result != null) {
            return Optional.of(of(result));
        }
        if (cell.value() instanceof Value.OfParameter value
                && value.parameter().lengthOf().isEmpty()) {
            return Optional.of(of(value.parameter()));
        }
        if (cell.value() instanceof Value.OfPrepared value) {
            return Optional.of(of(value.prepared()));
        }
        return cell.value() instanceof Value.OfLocal value ? Optional.of(of(value.local())) : Optional.empty();
    }

    /**
     * The member for a truth value that is stored, while {@link #of(Address.OfCell)} holds the byte that was read and is
     * validated: many bytes are true, and one of them is written.
     */
    public String ofNormalized(Address.OfCell cell) {
        return cells.normalized(cell);
    }

    /** Whether a cell's value is a truth value that was read, of which a store writes 0 or 1. */
    public static boolean isReadTruth(Address.OfCell cell) {
        return cell.value() instanceof Value.OfPrepared && cell.value().type() == ScalarType.BOOL;
    }
}
