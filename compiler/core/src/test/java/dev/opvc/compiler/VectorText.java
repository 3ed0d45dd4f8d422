// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler;

import dev.opvc.compiler.explain.OpvText;
import dev.opvc.compiler.model.Abi;
import dev.opvc.compiler.vector.Operation;
import dev.opvc.compiler.vector.Operation.Operand;
import dev.opvc.compiler.vector.RangeCheck;
import dev.opvc.compiler.vector.Step;
import dev.opvc.compiler.vector.VectorPath;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A path as lines of text: each step of its preparation, then each operation behind the guards. */
final class VectorText {
    private static final OpvText OPV = new OpvText(Abi.LP64);

    private VectorText() {}

    static List<String> of(VectorPath path) {
        List<String> lines = new ArrayList<>();
        path.preparation().forEach(step -> lines.add(of(step)));
        path.writes().forEach(operation -> lines.add(of(operation)));
        return lines;
    }

    private static String of(Step step) {
        if (step instanceof Step.Guard guard) {
            return of(guard.operation()) + " else " + guard.outcome().name();
        }
        if (step instanceof Step.Decide decide) {
            return "decide " + OPV.expression(decide.condition()) + " else "
                    + decide.outcome().name();
        }
        if (step instanceof Step.Bind bind) {
            return "let " + bind.local().name() + " = " + OPV.expression(bind.value());
        }
        if (step instanceof Step.Read read) {
            return "read " + OPV.place(read.prepared().place());
        }
        if (step instanceof Step.Load load) {
            return "load "
                    + load.values().stream()
                            .map(value -> OPV.place(value.prepared().place()))
                            .collect(Collectors.joining(", "));
        }
        return "check " + of(((Step.Check) step).check());
    }

    private static String of(RangeCheck check) {
        if (check instanceof RangeCheck.Index index) {
            return OPV.expression(index.index()) + " in 0.." + index.length();
        }
        if (check instanceof RangeCheck.WithinMax max) {
            return max.parameter().name() + " <= " + max.parameter().max().orElseThrow();
        }
        if (check instanceof RangeCheck.WithinPlace within) {
            return OPV.length(within.length()) + " bytes within " + OPV.place(within.place());
        }
        if (check instanceof RangeCheck.ShiftCount shift) {
            return OPV.expression(shift.bits()) + " < bits of " + shift.type();
        }
        if (check instanceof RangeCheck.Apart apart) {
            return OPV.length(apart.length()) + " bytes at " + OPV.address(apart.written()) + " apart from "
                    + OPV.place(apart.place()) + (apart.mayBeSame() ? " or the same" : "");
        }
        return OPV.expression(((RangeCheck.Divisor) check).divisor()) + " != 0";
    }

    /** For instance {@code CPU_ADD_OP 8 p=&l->count count=1}. */
    private static String of(Operation operation) {
        StringBuilder text =
                new StringBuilder(operation.code().constant()).append(' ').append(OPV.length(operation.length()));
        for (Operand operand : operation.operands()) {
            text.append(' ').append(operand.name()).append('=').append(OPV.address(operand.address()));
            text.append(operand.expectFault() ? "(fault)" : "");
        }
        if (operation instanceof Operation.Add add) {
            text.append(" count=").append(OPV.expression(add.count()));
        } else if (operation instanceof Operation.Bitwise bitwise) {
            text.append(" mask=").append(OPV.expression(bitwise.mask()));
        } else if (operation instanceof Operation.Shift shift) {
            text.append(" bits=").append(OPV.expression(shift.bits()));
        }
        return text.toString();
    }
}
