// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.explain;

import dev.opvc.compiler.vector.RangeCheck;
import dev.opvc.compiler.vector.Step;
import java.util.stream.Collectors;

/** Says in words what happens before a vector runs. */
final class StepText {
    private final OpvText opv;

    StepText(OpvText opv) {
        this.opv = opv;
    }

    /** A step other than a guard, which is an operation of the vector and nothing else. */
    String of(Step step) {
        if (step instanceof Step.Bind bind) {
            return "let " + opv.name(bind.local()) + " = " + opv.expression(bind.value());
        }
        if (step instanceof Step.Read read) {
            return "read " + opv.place(read.prepared().place());
        }
        if (step instanceof Step.Load load) {
            return "read "
                    + load.values().stream()
                            .map(value -> opv.place(value.prepared().place()))
                            .collect(Collectors.joining(", "));
        }
        if (step instanceof Step.Decide decide) {
            return "require " + opv.expression(decide.condition()) + " else "
                    + decide.outcome().name();
        }
        if (step instanceof Step.Check check) {
            return "check that " + of(check.check());
        }
        throw new IllegalArgumentException("a guard is no step of its own");
    }

    /** What a check sees to. */
    String of(RangeCheck check) {
        if (check instanceof RangeCheck.Index index) {
            return "the index `" + opv.expression(index.index()) + "` is below " + index.length();
        }
        if (check instanceof RangeCheck.WithinMax max) {
            return max.parameter().name() + " is at most "
                    + max.parameter().max().orElseThrow();
        }
        if (check instanceof RangeCheck.WithinPlace within) {
            return opv.length(within.length()) + " bytes do not reach past the end of `" + opv.place(within.place())
                    + "`";
        }
        if (check instanceof RangeCheck.ShiftCount shift) {
            return "the shift count `" + opv.expression(shift.bits()) + "` is below "
                    + shift.type().width(opv.abi());
        }
        if (check instanceof RangeCheck.Apart apart) {
            return apart(apart);
        }
        return "the divisor `" + opv.expression(((RangeCheck.Divisor) check).divisor()) + "` is not zero";
    }

    private String apart(RangeCheck.Apart apart) {
        String length = opv.length(apart.length());
        boolean one = length.equals("1");
        String written = length + (one ? " byte at " : " bytes at ") + opv.address(apart.written());
        String place = "`" + opv.place(apart.place()) + "`";
        String distinct = (one ? " has" : " have") + " no byte in common with ";
        return apart.mayBeSame()
                ? written + (one ? " is " : " are ") + place + ", or" + distinct + "it"
                : written + distinct + place;
    }
}
