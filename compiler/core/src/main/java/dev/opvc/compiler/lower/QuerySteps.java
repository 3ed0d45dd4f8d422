// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.lower;

import dev.opvc.compiler.vector.Local;
import dev.opvc.compiler.vector.Value;
import dev.opvc.compiler.vector.Subvalues;
import dev.opvc.compiler.vector.QueryStep;
import dev.opvc.compiler.vector.RangeCheck;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The steps of a query, each in the first of its parts in which all is known that it needs: before any CPU is looked at,
 * at each CPU, or once all have been folded in.
 */
final class QuerySteps {
    private final List<QueryStep> before = new ArrayList<>();
    private final List<QueryStep> each = new ArrayList<>();
    private final List<QueryStep> after = new ArrayList<>();
    private final Set<Local> late = new HashSet<>();
    private final Set<QueryStep.Check> made = new HashSet<>();

    List<QueryStep> before() {
        return before;
    }

    List<QueryStep> each() {
        return each;
    }

    List<QueryStep> after() {
        return after;
    }

    /** Adds a step for each CPU. */
    void add(QueryStep step) {
        each.add(step);
    }

    /** Tells that a binding's value is known only once all CPUs have been folded in. */
    void isLate(Local binding) {
        late.add(binding);
    }

    void bind(Local binding, Value value) {
        if (isEarly(value)) {
            before.add(new QueryStep.Bind(binding, value));
        } else {
            late.add(binding);
            after.add(new QueryStep.Bind(binding, value));
        }
    }

    /** Adds a check, unless it has been made already. */
    void check(RangeCheck check, @Nullable Value when) {
        QueryStep.Check step = new QueryStep.Check(check, when);
        if (made.add(step)) {
            partFor(check, when).add(step);
        }
    }

    private List<QueryStep> partFor(RangeCheck check, @Nullable Value when) {
        List<Value> needed = new ArrayList<>(subject(check));
        if (when != null) {
            needed.add(when);
        }
        if (needed.stream().anyMatch(QuerySteps::isOfSlot)) {
            return each;
        }
        return needed.stream().allMatch(this::isEarly) ? before : after;
    }

    private static List<Value> subject(RangeCheck check) {
        if (check instanceof RangeCheck.Index index) {
            return List.of(index.index());
        }
        if (check instanceof RangeCheck.ShiftCount shift) {
            return List.of(shift.bits());
        }
        return check instanceof RangeCheck.Divisor divisor ? List.of(divisor.divisor()) : List.of();
    }

    /** Whether a lowered value is known before any CPU is looked at. */
    boolean isEarly(Value value) {
        return !isOfSlot(value)
                && !Subvalues.any(
                        value, part -> part instanceof Value.OfLocal used && late.contains(used.binding()));
    }

    private static boolean isOfSlot(Value value) {
        return Subvalues.any(value, Value.OfPrepared.class::isInstance);
    }
}
