// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.lower;

import dev.opvc.compiler.language.BinaryOperator;
import dev.opvc.compiler.language.UnaryOperator;
import dev.opvc.compiler.model.ArrayType;
import dev.opvc.compiler.model.Binding;
import dev.opvc.compiler.model.Expr;
import dev.opvc.compiler.model.Parameter;
import dev.opvc.compiler.model.PlaceExpr;
import dev.opvc.compiler.model.QueryDefinition;
import dev.opvc.compiler.model.ScalarType;
import dev.opvc.compiler.source.Span;
import dev.opvc.compiler.vector.FoldedValue;
import dev.opvc.compiler.vector.Local;
import dev.opvc.compiler.vector.Place;
import dev.opvc.compiler.vector.Place.IndexSelector;
import dev.opvc.compiler.vector.Prepared;
import dev.opvc.compiler.vector.QueryStep;
import dev.opvc.compiler.vector.RangeCheck;
import dev.opvc.compiler.vector.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * Lowers the expressions of a query: what they read of a slot becomes reads of its copy, folds become the names of what
 * they give, and what must hold before they can be evaluated becomes checks.
 */
final class QueryValues {
    /** A read that is there under a condition only is another than one that always is. */
    private record Reading(Place place, Optional<Value> when) {}

    private final QuerySteps steps;
    private final SlotCopies copies;
    private final Function<Expr.Folded, FoldedValue> folds;
    private final boolean severalSlots;
    private final Map<Reading, Prepared> reads = new HashMap<>();
    private final Map<Binding, Local> locals = new HashMap<>();
    private final List<Span> notAddressed = new ArrayList<>();

    /** @param folds lowers a fold */
    QueryValues(QueryDefinition query, QuerySteps steps, SlotCopies copies, Function<Expr.Folded, FoldedValue> folds) {
        this.steps = steps;
        this.copies = copies;
        this.severalSlots =
                query.parameters().stream().filter(Parameter::perCpu).count() > 1;
        this.folds = folds;
    }

    void bind(Binding binding, Expr expr) {
        Local local = new Local(binding.identifier(), expr.type());
        steps.bind(local, value(expr));
        locals.put(binding, local);
    }

    /** Places that are not copied by themselves, because which ones they are is known only once the copy is there. */
    List<Span> notAddressed() {
        return notAddressed;
    }

    /** The value without reads and folds in it. */
    Value value(Expr expr) {
        return expr.match(new Conditional(Optional.empty()));
    }

    /** The place with lowered indices, which have been checked, and copied as far as its address is known early. */
    Place place(PlaceExpr place) {
        return new Conditional(Optional.empty()).place(place);
    }

    /**
     * Lowers what is evaluated where a condition holds, as it does for all that stands right of {@code &&} or {@code ||}:
     * it is checked only there.
     */
    private final class Conditional implements Expr.Cases<Value> {
        private final Optional<Value> when;

        /** @param when the condition; empty for always */
        Conditional(Optional<Value> when) {
            this.when = when;
        }

        private Value value(Expr expr) {
            return expr.match(this);
        }

        @Override
        public Value constant(Expr.Constant constant) {
            return Value.Constant.of(constant);
        }

        @Override
        public Value parameterValue(Expr.ParameterValue value) {
            return new Value.OfParameter(value.parameter());
        }

        @Override
        public Value bindingValue(Expr.BindingValue value) {
            return new Value.OfLocal(Objects.requireNonNull(locals.get(value.binding())));
        }

        @Override
        public Value placeValue(Expr.PlaceValue value) {
            return read(place(value.place()));
        }

        @Override
        public Value folded(Expr.Folded folded) {
            return new Value.OfFolded(folds.apply(folded));
        }

        @Override
        public Value unary(Expr.Unary unary) {
            return new Value.Unary(unary.operator(), value(unary.operand()), unary.type());
        }

        @Override
        public Value conversion(Expr.Conversion conversion) {
            return new Value.Conversion(value(conversion.operand()), conversion.type());
        }

        @Override
        public Value function(Expr.Function function) {
            List<Value> arguments =
                    function.arguments().stream().map(this::value).toList();
            return new Value.Function(function.builtin(), arguments, function.type());
        }

        @Override
        public Value comparison(Expr.Comparison comparison) {
            return new Value.Comparison(comparison.operator(), value(comparison.left()), value(comparison.right()));
        }

        @Override
        public Value binary(Expr.Binary binary) {
            Value left = value(binary.left());
            Value right = value(binary.right());
            if (!(binary.right() instanceof Expr.Constant)) {
                OperatorChecks.of(binary.operator(), right, binary.type())
                        .filter(check -> when.isEmpty() || !DivisorConditions.excludeZero(when.get(), check))
                        .ifPresent(check -> steps.check(check, when, binary.span()));
            }
            return new Value.Binary(binary.operator(), left, right, binary.type());
        }

        @Override
        public Value logical(Expr.Logical logical) {
            Value left = value(logical.left());
            boolean and = logical.operator() == BinaryOperator.LOGICAL_AND;
            Value undecided = and ? left : new Value.Unary(UnaryOperator.NOT, left, ScalarType.BOOL);
            Value open = when.<Value>map(outer -> new Value.Logical(BinaryOperator.LOGICAL_AND, outer, undecided))
                    .orElse(undecided);
            Value right = logical.right().match(new Conditional(Optional.of(open)));
            return new Value.Logical(logical.operator(), left, right);
        }

        @Override
        public Value select(Expr.Select select) {
            return new Value.Select(value(select.condition()), value(select.then()), value(select.otherwise()));
        }

        @Override
        public Value element(Expr.Element element) {
            Value index = value(element.index());
            checkIndex(index, element.table().length(), element.index().span());
            return new Value.Element(element.table(), index);
        }

        @Override
        public Value bucketOf(Expr.BucketOf bucketOf) {
            return new Value.BucketOf(bucketOf.table(), value(bucketOf.operand()));
        }

        private void checkIndex(Value index, long length, Span span) {
            if (!UpperBound.isBelow(index, length, steps::computedBy)) {
                steps.check(new RangeCheck.Index(index, length), when, span);
            }
        }

        private Value read(Place place) {
            boolean always = copied(place).equals(place);
            Reading reading = new Reading(place, always ? Optional.empty() : when);
            return new Value.OfPrepared(reads.computeIfAbsent(reading, this::readOnce));
        }

        private Prepared readOnce(Reading reading) {
            Prepared prepared = new Prepared(nameOf(reading.place()), reading.place());
            steps.add(new QueryStep.Read(prepared, reading.when()));
            return prepared;
        }

        Place place(PlaceExpr place) {
            Value slot = value(place.pointer());
            List<Place.Selector> selectors = new ArrayList<>();
            place.selectors().forEach(selector -> selectors.add(selector(selector, slot)));
            Place lowered = new Place(slot, selectors, place.type());
            Place copied = copied(lowered);
            copies.add(copied, place.origin().span());
            if (!copied.equals(lowered)) {
                notAddressed.add(place.origin().span());
            }
            return lowered;
        }

        private Place.Selector selector(PlaceExpr.Selector selector, Value slot) {
            return selector.match(new PlaceExpr.SelectorCases<>() {
                @Override
                public Place.Selector field(PlaceExpr.FieldSelector field) {
                    return new Place.FieldSelector(field.struct(), field.field());
                }

                @Override
                public Place.Selector index(PlaceExpr.IndexSelector index) {
                    return element(
                            value(index.index()),
                            index.array(),
                            slot,
                            index.index().span());
                }
            });
        }

        private Place.Selector element(Value index, ArrayType array, Value slot, Span span) {
            if (array.sized()) {
                RangeChecks.belowLength(index, slot).ifPresent(check -> steps.check(check, when, span));
            } else {
                checkIndex(index, array.length(), span);
            }
            return new IndexSelector(index, array);
        }

        /** The place, or the array around it with the first index that may be wrong, or unknown, when the copy is made. */
        private Place copied(Place place) {
            for (int i = 0; i < place.selectors().size(); i++) {
                if (place.selectors().get(i) instanceof IndexSelector index && !isKnown(index)) {
                    return new Place(place.pointer(), place.selectors().subList(0, i), index.array());
                }
            }
            return place;
        }

        /** Of an array that was given its length when it was allocated, a constant may be wrong too. */
        private boolean isKnown(IndexSelector selector) {
            Value index = selector.index();
            return (index instanceof Value.Constant && !selector.array().sized())
                    || (when.isEmpty() && steps.isEarly(index));
        }
    }

    private String nameOf(Place place) {
        String field = place.lastField().orElseThrow();
        return severalSlots ? ((Value.OfParameter) place.pointer()).parameter().name() + "_" + field : field;
    }
}
