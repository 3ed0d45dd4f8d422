// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.lower;
import dev.opvc.compiler.vector.Prepared;
import dev.opvc.compiler.vector.Place;

import dev.opvc.compiler.language.BinaryOperator;
import dev.opvc.compiler.language.UnaryOperator;
import dev.opvc.compiler.model.Binding;
import dev.opvc.compiler.model.Expr;
import dev.opvc.compiler.model.Parameter;
import dev.opvc.compiler.model.Place;
import dev.opvc.compiler.model.Place.IndexSelector;
import dev.opvc.compiler.model.Prepared;
import dev.opvc.compiler.model.QueryDefinition;
import dev.opvc.compiler.model.ScalarType;
import dev.opvc.compiler.source.Span;
import dev.opvc.compiler.vector.FoldedValue;
import dev.opvc.compiler.vector.QueryStep;
import dev.opvc.compiler.vector.RangeCheck;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Lowers the expressions of a query: what they read of a slot becomes reads of its copy, folds become the names of what
 * they give, and what must hold before they can be evaluated becomes checks. Whatever stands right of {@code &&} or
 * {@code ||} is checked only where the left side does not decide: that is the condition {@code when} here, null for
 * always.
 */
final class QueryValues {
    /** A read that is there under a condition only is another than one that always is. */
    private record Reading(Place place, @Nullable Expr when) {}

    private final QuerySteps steps;
    private final SlotCopies copies;
    private final Function<Expr.Folded, FoldedValue> folds;
    private final boolean severalSlots;
    private final Map<Reading, Prepared> reads = new HashMap<>();
    private Span span;

    /** @param folds lowers a fold */
    QueryValues(QueryDefinition query, QuerySteps steps, SlotCopies copies, Function<Expr.Folded, FoldedValue> folds) {
        this.steps = steps;
        this.copies = copies;
        this.span = query.name().span();
        this.severalSlots =
                query.parameters().stream().filter(Parameter::perCpu).count() > 1;
        this.folds = folds;
    }

    /** Goes on to the expressions of a statement. */
    void at(Span statement) {
        span = statement;
    }

    /** Where the statement at hand is. */
    Span span() {
        return span;
    }

    void bind(Binding binding) {
        steps.bind(binding, value(binding.value()));
    }

    /** The value without reads and folds in it. */
    Expr value(Expr expr) {
        return value(expr, null);
    }

    private Expr value(Expr expr, @Nullable Expr when) {
        if (expr instanceof Expr.PlaceValue place) {
            return read(place(place.place(), when), when);
        }
        if (expr instanceof Expr.Folded folded) {
            Binding binding = folds.apply(folded).binding();
            return new Expr.BindingValue(binding);
        }
        if (expr instanceof Expr.Unary unary) {
            return new Expr.Unary(unary.operator(), value(unary.operand(), when), unary.type());
        }
        if (expr instanceof Expr.Conversion conversion) {
            return new Expr.Conversion(value(conversion.operand(), when), conversion.type());
        }
        if (expr instanceof Expr.Function function) {
            List<Expr> arguments = function.arguments().stream()
                    .map(argument -> value(argument, when))
                    .toList();
            return new Expr.Function(function.builtin(), arguments, function.type());
        }
        if (expr instanceof Expr.Comparison comparison) {
            return new Expr.Comparison(
                    comparison.operator(), value(comparison.left(), when), value(comparison.right(), when));
        }
        if (expr instanceof Expr.Logical logical) {
            return logical(logical, when);
        }
        return expr instanceof Expr.Binary binary ? binary(binary, when) : expr;
    }

    private Expr binary(Expr.Binary binary, @Nullable Expr when) {
        Expr left = value(binary.left(), when);
        Expr right = value(binary.right(), when);
        if (!(binary.right() instanceof Expr.Constant)) {
            OperatorChecks.of(binary.operator(), right, binary.type())
                    .filter(check -> !DivisorConditions.excludeZero(when, check))
                    .ifPresent(check -> steps.check(check, when));
        }
        return new Expr.Binary(binary.operator(), left, right, binary.type());
    }

    private Expr logical(Expr.Logical logical, @Nullable Expr when) {
        Expr left = value(logical.left(), when);
        boolean and = logical.operator() == BinaryOperator.LOGICAL_AND;
        Expr undecided = and ? left : new Expr.Unary(UnaryOperator.NOT, left, ScalarType.BOOL);
        Expr rightWhen = when == null ? undecided : new Expr.Logical(BinaryOperator.LOGICAL_AND, when, undecided);
        return new Expr.Logical(logical.operator(), left, value(logical.right(), rightWhen));
    }

    private Expr read(Place place, @Nullable Expr when) {
        boolean always = copied(place, when).equals(place);
        Reading reading = new Reading(place, always ? null : when);
        Prepared known = reads.get(reading);
        if (known != null) {
            return new Expr.PreparedValue(known);
        }
        Prepared prepared = new Prepared(nameOf(place), place);
        reads.put(reading, prepared);
        steps.add(new QueryStep.Read(prepared, reading.when()));
        return new Expr.PreparedValue(prepared);
    }

    /** The place with lowered indices, which have been checked, and copied as far as its address is known early. */
    Place place(Place place) {
        return place(place, null);
    }

    private Place place(Place place, @Nullable Expr when) {
        List<Place.Selector> selectors = new ArrayList<>();
        for (Place.Selector selector : place.selectors()) {
            selectors.add(selector instanceof IndexSelector index ? index(index, when) : selector);
        }
        Place lowered = new Place(place.pointer(), selectors, place.type());
        copies.add(copied(lowered, when), span);
        return lowered;
    }

    private IndexSelector index(IndexSelector selector, @Nullable Expr when) {
        Expr index = value(selector.index(), when);
        if (!UpperBound.isBelow(index, selector.array().length())) {
            steps.check(new RangeCheck.Index(index, selector.array().length()), when);
        }
        return new IndexSelector(index, selector.array());
    }

    /** The place, or the array around it with the first index that may be wrong, or unknown, when the copy is made. */
    private Place copied(Place place, @Nullable Expr when) {
        for (int i = 0; i < place.selectors().size(); i++) {
            if (place.selectors().get(i) instanceof IndexSelector index && !isKnown(index.index(), when)) {
                return new Place(place.pointer(), place.selectors().subList(0, i), index.array());
            }
        }
        return place;
    }

    private boolean isKnown(Expr index, @Nullable Expr when) {
        return index instanceof Expr.Constant || (when == null && steps.isEarly(index));
    }

    private String nameOf(Place place) {
        String field = place.lastField().orElseThrow();
        return severalSlots
                ? ((Expr.ParameterValue) place.pointer()).parameter().name() + "_" + field
                : field;
    }
}
