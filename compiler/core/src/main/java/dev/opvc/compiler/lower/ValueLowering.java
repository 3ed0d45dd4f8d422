// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.lower;
import dev.opvc.compiler.vector.Place;

import dev.opvc.compiler.language.BinaryOperator;
import dev.opvc.compiler.language.UnaryOperator;
import dev.opvc.compiler.diagnostic.Diagnostics;
import dev.opvc.compiler.model.Expr;
import dev.opvc.compiler.model.Place;
import dev.opvc.compiler.model.Place.IndexSelector;
import dev.opvc.compiler.model.ScalarType;
import dev.opvc.compiler.model.ConstantValue.BoolValue;
import dev.opvc.compiler.source.Span;
import dev.opvc.compiler.vector.RangeCheck;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Lowers values and the addresses of places: what they read from memory becomes prepared reads, and what has to be
 * checked before they can be evaluated becomes checks, both as steps of the preparation. A method returns the value or
 * place without reads in it, or null if there is none: why has been reported, or the path parts before it.
 */
final class ValueLowering {
    private final PathBuilder path;
    private final MemoryReads reads;

    ValueLowering(PathBuilder path, Diagnostics diagnostics) {
        this.path = path;
        this.reads = new MemoryReads(path, diagnostics);
    }

    MemoryReads reads() {
        return reads;
    }

    @Nullable
    Expr value(Expr expr, Span span) {
        // What stands behind the place where the path parts must not come before what each way does there.
        if (path.parting().isPresent()) {
            return null;
        }
        if (expr instanceof Expr.BindingValue binding) {
            return path.valueOf(binding.binding()).orElse(null);
        }
        if (expr instanceof Expr.PlaceValue place) {
            Place resolved = place(place.place(), span);
            return resolved == null ? null : reads.value(resolved, MemoryReads.nameOf(resolved), span);
        }
        if (expr instanceof Expr.Unary unary) {
            return unary(unary, span);
        }
        if (expr instanceof Expr.Conversion conversion) {
            Expr operand = value(conversion.operand(), span);
            return operand == null ? null : new Expr.Conversion(operand, conversion.type());
        }
        if (expr instanceof Expr.Binary binary) {
            return binary(binary, span);
        }
        if (expr instanceof Expr.Comparison comparison) {
            Expr left = value(comparison.left(), span);
            Expr right = value(comparison.right(), span);
            return left == null || right == null ? null : new Expr.Comparison(comparison.operator(), left, right);
        }
        if (expr instanceof Expr.Logical logical) {
            return logical(logical, span);
        }
        return expr instanceof Expr.Function function ? function(function, span) : expr;
    }

    private @Nullable Expr function(Expr.Function function, Span span) {
        List<Expr> arguments = new ArrayList<>();
        for (Expr argument : function.arguments()) {
            Expr value = value(argument, span);
            if (value == null) {
                return null;
            }
            arguments.add(value);
        }
        return new Expr.Function(function.builtin(), arguments, function.type());
    }

    private @Nullable Expr binary(Expr.Binary binary, Span span) {
        Expr left = value(binary.left(), span);
        Expr right = value(binary.right(), span);
        if (left == null || right == null) {
            return null;
        }
        // A binding may turn out to be a constant: it is checked all the same.
        if (!(binary.right() instanceof Expr.Constant)) {
            OperatorChecks.of(binary.operator(), right, binary.type()).ifPresent(path::check);
        }
        return new Expr.Binary(binary.operator(), left, right, binary.type());
    }

    /**
     * What the right side reads and checks may only be read and checked where the left side does not decide. If that is
     * more than nothing, the path parts here, and the statement is lowered again on each of the two that go on.
     */
    private @Nullable Expr logical(Expr.Logical logical, Span span) {
        boolean isAnd = logical.operator() == BinaryOperator.LOGICAL_AND;
        Optional<Boolean> decided = path.decided(logical);
        if (decided.isPresent()) {
            return decided.get() == isAnd ? value(logical.right(), span) : truth(!isAnd);
        }
        Expr left = value(logical.left(), span);
        if (left == null) {
            return null;
        }
        if (left instanceof Expr.Constant constant) {
            return isTrue(constant) == isAnd ? value(logical.right(), span) : truth(!isAnd);
        }
        if (!Laziness.canBeEager(logical.right(), reads)) {
            path.part(logical, left);
            return null;
        }
        Expr right = value(logical.right(), span);
        return right == null ? null : new Expr.Logical(logical.operator(), left, right);
    }

    private static Expr truth(boolean value) {
        return new Expr.Constant(ScalarType.BOOL, new BoolValue(value));
    }

    static boolean isTrue(Expr.Constant constant) {
        return ((BoolValue) constant.value()).value();
    }

    private @Nullable Expr unary(Expr.Unary unary, Span span) {
        Expr operand = value(unary.operand(), span);
        if (operand == null) {
            return null;
        }
        return unary.operator() == UnaryOperator.NOT && operand instanceof Expr.Constant constant
                ? truth(!isTrue(constant))
                : new Expr.Unary(unary.operator(), operand, unary.type());
    }

    /** A place whose address needs no more reads. */
    @Nullable
    Place place(Place place, Span span) {
        Expr pointer = value(place.pointer(), span);
        if (pointer == null) {
            return null;
        }
        List<Place.Selector> selectors = new ArrayList<>();
        for (Place.Selector selector : place.selectors()) {
            if (selector instanceof IndexSelector index) {
                Expr value = value(index.index(), span);
                if (value == null) {
                    return null;
                }
                if (!UpperBound.isBelow(value, index.array().length())) {
                    path.check(new RangeCheck.Index(value, index.array().length()));
                }
                selectors.add(new IndexSelector(value, index.array()));
            } else {
                selectors.add(selector);
            }
        }
        return new Place(pointer, selectors, place.type());
    }
}
