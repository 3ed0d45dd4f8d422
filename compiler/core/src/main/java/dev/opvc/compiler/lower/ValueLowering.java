// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.lower;

import dev.opvc.compiler.diagnostic.Diagnostics;
import dev.opvc.compiler.language.BinaryOperator;
import dev.opvc.compiler.language.UnaryOperator;
import dev.opvc.compiler.model.ConstantValue.BoolValue;
import dev.opvc.compiler.model.Expr;
import dev.opvc.compiler.model.PlaceExpr;
import dev.opvc.compiler.model.Table;
import dev.opvc.compiler.source.Span;
import dev.opvc.compiler.vector.Place;
import dev.opvc.compiler.vector.Value;
import java.util.ArrayList;
import java.util.List;

/**
 * Lowers values and the addresses of places: what they read from memory becomes prepared reads, and what has to be
 * checked before they can be evaluated becomes checks, both as steps of the preparation. What may only be evaluated
 * where something else does not decide has been split off before, by {@link Splitter}.
 */
final class ValueLowering implements Expr.Cases<Value> {
    private final PathBuilder path;
    private final MemoryReads reads;
    private final RangeChecks checks;

    ValueLowering(PathBuilder path, Diagnostics diagnostics) {
        this.path = path;
        this.reads = new MemoryReads(path, diagnostics);
        this.checks = new RangeChecks(path, diagnostics);
    }

    MemoryReads reads() {
        return reads;
    }

    RangeChecks checks() {
        return checks;
    }

    /** The value without reads in it. */
    Value value(Expr expr) {
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
        return path.valueOf(value.binding());
    }

    @Override
    public Value placeValue(Expr.PlaceValue value) {
        Place place = place(value.place());
        return reads.value(place, MemoryReads.nameOf(place), value.span());
    }

    @Override
    public Value function(Expr.Function function) {
        List<Value> arguments = new ArrayList<>();
        function.arguments().forEach(argument -> arguments.add(value(argument)));
        return KnownValues.of(new Value.Function(function.builtin(), arguments, function.type()), function.origin());
    }

    @Override
    public Value folded(Expr.Folded folded) {
        throw new IllegalStateException("a transaction folds nothing");
    }

    @Override
    public Value unary(Expr.Unary unary) {
        Value operand = value(unary.operand());
        return unary.operator() == UnaryOperator.NOT && operand instanceof Value.Constant constant
                ? truth(!isTrue(constant))
                : KnownValues.of(new Value.Unary(unary.operator(), operand, unary.type()), unary.origin());
    }

    @Override
    public Value binary(Expr.Binary binary) {
        Value left = value(binary.left());
        Value right = value(binary.right());
        if (!(binary.right() instanceof Expr.Constant)) {
            checks.operand(
                    binary.operator(),
                    right,
                    binary.type(),
                    binary.right().origin().span());
        }
        return KnownValues.of(new Value.Binary(binary.operator(), left, right, binary.type()), binary.origin());
    }

    @Override
    public Value comparison(Expr.Comparison comparison) {
        Value left = value(comparison.left());
        Value right = value(comparison.right());
        return KnownValues.of(new Value.Comparison(comparison.operator(), left, right), comparison.origin());
    }

    @Override
    public Value logical(Expr.Logical logical) {
        Value left = value(logical.left());
        if (left instanceof Value.Constant constant) {
            boolean and = logical.operator() == BinaryOperator.LOGICAL_AND;
            return isTrue(constant) == and ? value(logical.right()) : truth(!and);
        }
        return new Value.Logical(logical.operator(), left, value(logical.right()));
    }

    @Override
    public Value select(Expr.Select select) {
        Value condition = value(select.condition());
        Value then = value(select.then());
        Value otherwise = value(select.otherwise());
        if (condition instanceof Value.Constant constant) {
            return isTrue(constant) ? then : otherwise;
        }
        return new Value.Select(condition, then, otherwise);
    }

    @Override
    public Value element(Expr.Element element) {
        Table table = element.table();
        Value at = checks.index(
                value(element.index()), table.length(), element.index().origin().span());
        return KnownValues.of(new Value.Element(table, at), element.origin());
    }

    @Override
    public Value bucketOf(Expr.BucketOf bucketOf) {
        return new Value.BucketOf(bucketOf.table(), value(bucketOf.operand()));
    }

    @Override
    public Value conversion(Expr.Conversion conversion) {
        return KnownValues.of(
                new Value.Conversion(value(conversion.operand()), conversion.type()), conversion.origin());
    }

    static Value truth(boolean value) {
        return value ? Value.Constant.TRUE : Value.Constant.FALSE;
    }

    static boolean isTrue(Value.Constant constant) {
        return ((BoolValue) constant.value()).value();
    }

    /** A place whose address needs no more reads. */
    Place place(PlaceExpr place) {
        Value pointer = value(place.pointer());
        List<Place.Selector> selectors = new ArrayList<>();
        place.selectors().forEach(selector -> selectors.add(selector(selector, pointer)));
        return new Place(pointer, selectors, place.type());
    }

    private Place.Selector selector(PlaceExpr.Selector selector, Value pointer) {
        return selector.match(new PlaceExpr.SelectorCases<>() {
            @Override
            public Place.Selector field(PlaceExpr.FieldSelector field) {
                return new Place.FieldSelector(field.struct(), field.field());
            }

            @Override
            public Place.Selector index(PlaceExpr.IndexSelector index) {
                Value at = value(index.index());
                Span span = index.index().origin().span();
                Value within = index.array().sized()
                        ? checks.indexOfSized(at, index.array(), pointer, span)
                        : checks.index(at, index.array().length(), span);
                return new Place.IndexSelector(within, index.array());
            }
        });
    }
}
