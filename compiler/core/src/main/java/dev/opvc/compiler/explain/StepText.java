// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.explain;

import dev.opvc.compiler.vector.RangeCheck;
import dev.opvc.compiler.vector.Step;
import java.util.Optional;
import java.util.stream.Collectors;

/** Says in words what happens before a vector runs. */
final class StepText implements Step.Cases<Optional<String>>, RangeCheck.Cases<String> {
    private final OpvText opv;

    StepText(OpvText opv) {
        this.opv = opv;
    }

    /** What a step does; empty for a guard, which is an operation of the vector and nothing else. */
    Optional<String> of(Step step) {
        return step.match(this);
    }

    /** What a check sees to. */
    String of(RangeCheck check) {
        return check.match(this);
    }

    @Override
    public Optional<String> bind(Step.Bind bind) {
        return Optional.of("let " + opv.name(bind.local()) + " = " + opv.expression(bind.value()));
    }

    @Override
    public Optional<String> read(Step.Read read) {
        return Optional.of("read " + opv.place(read.prepared().place()));
    }

    @Override
    public Optional<String> load(Step.Load load) {
        return Optional.of(load.values().stream()
                .map(value -> opv.place(value.prepared().place()))
                .collect(Collectors.joining(", ", "read ", ", by a loading vector:")));
    }

    @Override
    public Optional<String> check(Step.Check check) {
        return Optional.of("check that " + of(check.check()));
    }

    @Override
    public Optional<String> decide(Step.Decide decide) {
        return Optional.of("require " + opv.expression(decide.condition()) + " else "
                + decide.outcome().name());
    }

    @Override
    public Optional<String> guard(Step.Guard guard) {
        return Optional.empty();
    }

    @Override
    public String index(RangeCheck.Index check) {
        return "the index `" + opv.expression(check.index()) + "` is below " + check.length();
    }

    @Override
    public String belowLength(RangeCheck.BelowLength check) {
        return "the index `" + opv.expression(check.index()) + "` is below "
                + check.length().name();
    }

    @Override
    public String withinMax(RangeCheck.WithinMax check) {
        return check.parameter().name() + " is at most "
                + check.parameter().max().orElseThrow();
    }

    @Override
    public String withinPlace(RangeCheck.WithinPlace check) {
        return opv.length(check.length()) + " bytes do not reach past the end of `" + opv.place(check.place()) + "`";
    }

    @Override
    public String shiftCount(RangeCheck.ShiftCount check) {
        return "the shift count `" + opv.expression(check.bits()) + "` is below "
                + check.type().width(opv.abi());
    }

    @Override
    public String divisor(RangeCheck.Divisor check) {
        return "the divisor `" + opv.expression(check.divisor()) + "` is not zero";
    }

    @Override
    public String apart(RangeCheck.Apart check) {
        String length = opv.length(check.length());
        boolean one = length.equals("1");
        String written = length + (one ? " byte at " : " bytes at ") + opv.address(check.written());
        String place = "`" + opv.place(check.place()) + "`";
        String distinct = (one ? " has" : " have") + " no byte in common with ";
        return check.mayBeSame()
                ? written + (one ? " is " : " are ") + place + ", or" + distinct + "it"
                : written + distinct + place;
    }
}
