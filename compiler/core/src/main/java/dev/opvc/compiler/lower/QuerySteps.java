// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.lower;

import dev.opvc.compiler.source.Span;
import dev.opvc.compiler.vector.Local;
import dev.opvc.compiler.vector.QueryStep;
import dev.opvc.compiler.vector.RangeCheck;
import dev.opvc.compiler.vector.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The steps of a query, each in the first of its parts in which all is known that it needs: before any CPU is looked at,
 * at each CPU, or once all have been folded in.
 */
final class QuerySteps {
    private final List<QueryStep> before = new ArrayList<>();
    private final List<QueryStep> each = new ArrayList<>();
    private final List<QueryStep> after = new ArrayList<>();
    private final Set<Local> late = new HashSet<>();
    private final Map<Local, Value> locals = new HashMap<>();
    private final Set<QueryStep.Check> made = new HashSet<>();
    private final List<Span> lateChecks = new ArrayList<>();

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

    /** Adds a step for when all CPUs have been folded in. */
    void addAfter(QueryStep step) {
        after.add(step);
    }

    /** Computes a local, as soon as what it is made of is known. */
    void bind(Local local, Value value) {
        locals.put(local, value);
        if (isEarly(value)) {
            before.add(new QueryStep.Bind(local, value));
        } else {
            late.add(local);
            after.add(new QueryStep.Bind(local, value));
        }
    }

    /** How a local of the query is computed. */
    Optional<Value> computedBy(Local local) {
        return Optional.ofNullable(locals.get(local));
    }

    /**
     * Adds a check, unless it has been made already.
     *
     * @param span what asks for it
     */
    void check(RangeCheck check, Optional<Value> when, Span span) {
        QueryStep.Check step = new QueryStep.Check(check, when);
        if (made.add(step)) {
            List<QueryStep> part = partFor(check, when);
            part.add(step);
            if (part != before) {
                lateChecks.add(span);
            }
        }
    }

    /** What asks for checks that cannot be made before the first CPU is looked at. */
    List<Span> lateChecks() {
        return lateChecks;
    }

    private List<QueryStep> partFor(RangeCheck check, Optional<Value> when) {
        List<Value> needed = new ArrayList<>(check.parts());
        when.ifPresent(needed::add);
        if (needed.stream().anyMatch(QuerySteps::isOfSlot)) {
            return each;
        }
        return needed.stream().allMatch(this::isEarly) ? before : after;
    }

    /** Whether a lowered value is known before any CPU is looked at. */
    boolean isEarly(Value value) {
        return !isOfSlot(value) && !value.contains(this::isLate);
    }

    /** What a fold has made is known only once all CPUs have been folded in. */
    private boolean isLate(Value part) {
        return part instanceof Value.OfFolded || (part instanceof Value.OfLocal used && late.contains(used.local()));
    }

    private static boolean isOfSlot(Value value) {
        return value.contains(Value.OfPrepared.class::isInstance);
    }
}
