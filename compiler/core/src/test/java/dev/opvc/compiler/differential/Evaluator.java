// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.differential;

import dev.opvc.compiler.language.BinaryOperator;
import dev.opvc.compiler.model.Abi;
import dev.opvc.compiler.model.ArrayType;
import dev.opvc.compiler.model.Binding;
import dev.opvc.compiler.model.Expr;
import dev.opvc.compiler.model.PlaceExpr;
import dev.opvc.compiler.model.PlaceExpr.FieldSelector;
import dev.opvc.compiler.model.PlaceExpr.IndexSelector;
import dev.opvc.compiler.model.PlaceExpr.Selector;
import dev.opvc.compiler.model.PointerType;
import dev.opvc.compiler.model.ScalarType;
import dev.opvc.compiler.model.StructType;
import dev.opvc.compiler.model.Table;
import dev.opvc.compiler.model.Type;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/** Values and addresses, evaluated from left to right, operands before their operator, pointers before indices. */
final class Evaluator {
    private final SimulatedMemory memory;
    private final WriteHistory history;
    private final Function<Expr.ParameterValue, Datum> parameters;
    private final Function<Expr, RuntimeException> unreachable;
    private final Map<Binding, Datum> bindings = new HashMap<>();
    private final Map<Expr.Folded, Datum> folds = new HashMap<>();

    /**
     * @param parameters the value of a parameter; of a slot, its address
     * @param unreachable what becomes of an access that is not possible, by the pointer that led there
     */
    Evaluator(
            SimulatedMemory memory,
            WriteHistory history,
            Function<Expr.ParameterValue, Datum> parameters,
            Function<Expr, RuntimeException> unreachable) {
        this.memory = memory;
        this.history = history;
        this.parameters = parameters;
        this.unreachable = unreachable;
    }

    void bind(Binding binding) {
        bindings.put(binding, value(binding.value()));
    }

    /** Says what a fold of a query has made of all CPUs. */
    void fold(Expr.Folded folded, Datum value) {
        folds.put(folded, value);
    }

    Datum value(Expr expr) {
        if (expr instanceof Expr.Constant constant) {
            return Operators.constant(constant.type(), constant.value());
        }
        if (expr instanceof Expr.ParameterValue parameter) {
            return parameters.apply(parameter);
        }
        if (expr instanceof Expr.BindingValue binding) {
            return Objects.requireNonNull(bindings.get(binding.binding()));
        }
        if (expr instanceof Expr.PlaceValue place) {
            return read(range(place.place()), place.place());
        }
        if (expr instanceof Expr.Unary unary) {
            return Operators.unary(unary.operator(), value(unary.operand()), unary.type());
        }
        if (expr instanceof Expr.Conversion conversion) {
            return Operators.convert(value(conversion.operand()), conversion.type());
        }
        if (expr instanceof Expr.Binary binary) {
            Datum left = value(binary.left());
            return Operators.binary(binary.operator(), left, value(binary.right()), binary.type());
        }
        if (expr instanceof Expr.Comparison comparison) {
            Datum left = value(comparison.left());
            return Datum.of(Operators.compare(comparison.operator(), left, value(comparison.right())));
        }
        if (expr instanceof Expr.Logical logical) {
            boolean both = logical.operator() == BinaryOperator.LOGICAL_AND;
            boolean left = value(logical.left()).truth();
            return left == both ? value(logical.right()) : Datum.of(left);
        }
        if (expr instanceof Expr.Function function) {
            List<Datum> arguments = new ArrayList<>();
            function.arguments().forEach(argument -> arguments.add(value(argument)));
            return Operators.function(function.builtin(), arguments, function.type());
        }
        if (expr instanceof Expr.Select select) {
            boolean condition = value(select.condition()).truth();
            Datum then = value(select.then());
            Datum otherwise = value(select.otherwise());
            return condition ? then : otherwise;
        }
        if (expr instanceof Expr.Element element) {
            int at = index(element.index(), element.table().length());
            Expr.Constant constant = element.table().values().get(at);
            return Operators.constant(constant.type(), constant.value());
        }
        if (expr instanceof Expr.BucketOf bucketOf) {
            Datum value = value(bucketOf.operand());
            long atOrAbove = bucketOf.table().values().stream()
                    .map(bound -> Operators.constant(bound.type(), bound.value()))
                    .filter(bound -> Operators.compare(BinaryOperator.GREATER_OR_EQUAL, bound, value))
                    .count();
            return Datum.of(
                    Table.INDEX_TYPE, BigInteger.valueOf(bucketOf.table().length() - atOrAbove));
        }
        if (expr instanceof Expr.Folded folded) {
            return Objects.requireNonNull(folds.get(folded));
        }
        throw new IllegalArgumentException("no expression of the checked program: " + expr);
    }

    /** The value of a place that is computed with, named or decided on. */
    Datum read(Range range, PlaceExpr place) {
        if (!memory.isAccessible(range)) {
            throw unreachable.apply(place.pointer());
        }
        if (history.isRangeError(new WriteHistory.Read(range, place.type(), place))) {
            throw Concluded.error(Ending.Kind.ILLEGAL_ARGUMENT);
        }
        return memory.load(place.type(), range.start());
    }

    /** What lies at a place, for an operation that works on memory. */
    Datum load(Range range, PlaceExpr place) {
        if (!memory.isAccessible(range)) {
            throw unreachable.apply(place.pointer());
        }
        return memory.load(place.type(), range.start());
    }

    Range range(PlaceExpr place) {
        return new Range(address(place), sizeOf(place, place.type()));
    }

    /** The address of a place from which an operation of a length may run, which is to its end or its array's. */
    long addressWithRoom(PlaceExpr place, long length) {
        long address = address(place);
        List<Selector> selectors = place.selectors();
        boolean known = !selectors.isEmpty() || isSlot(place.pointer());
        long room = place.type() instanceof StructType struct ? struct.reach(Abi.LP64) : sizeOf(place, place.type());
        if (!selectors.isEmpty() && selectors.get(selectors.size() - 1) instanceof IndexSelector last) {
            long start = address(new PlaceExpr(
                    place.pointer(), selectors.subList(0, selectors.size() - 1), last.array(), place.origin()));
            room = start + sizeOf(place, last.array()) - address;
        }
        if (known && length > room) {
            throw Concluded.error(Ending.Kind.OUT_OF_BOUNDS);
        }
        return address;
    }

    /** Bytes of a type that a place has, or that is on the way to it. */
    private long sizeOf(PlaceExpr place, Type type) {
        return type instanceof ArrayType array
                ? elements(place, array) * array.element().size(Abi.LP64)
                : type.size(Abi.LP64);
    }

    /** How many elements an array has, which a place is or lies in. */
    long elements(PlaceExpr place, ArrayType array) {
        if (!array.sized()) {
            return array.length();
        }
        Expr.ParameterValue slot = (Expr.ParameterValue) place.pointer();
        return parameters
                .apply(Arguments.valueOf(slot.parameter().length().orElseThrow()))
                .bits();
    }

    private static boolean isSlot(Expr pointer) {
        return pointer instanceof Expr.ParameterValue value && value.parameter().perCpu();
    }

    private long address(PlaceExpr place) {
        long address = value(place.pointer()).bits();
        for (Selector selector : place.selectors()) {
            if (selector instanceof FieldSelector field) {
                StructType struct = field.struct();
                address += struct.offset(field.field(), Abi.LP64);
            } else {
                IndexSelector index = (IndexSelector) selector;
                address += index(place, index) * index.array().element().size(Abi.LP64);
            }
        }
        return address;
    }

    long index(PlaceExpr place, IndexSelector selector) {
        return index(selector.index(), elements(place, selector.array()));
    }

    private int index(Expr expr, long length) {
        BigInteger index = value(expr).integer();
        if (index.signum() < 0 || index.compareTo(BigInteger.valueOf(length)) >= 0) {
            throw Concluded.error(Ending.Kind.OUT_OF_BOUNDS);
        }
        return index.intValueExact();
    }

    /** Whether a value depends on what memory holds. */
    boolean dependsOnMemory(Expr expr) {
        if (expr instanceof Expr.BindingValue binding) {
            return dependsOnMemory(binding.binding().value());
        }
        if (expr instanceof Expr.PlaceValue) {
            return true;
        }
        return expr.parts().stream().anyMatch(this::dependsOnMemory);
    }

    /**
     * What is copied, if a value is what a place holds and nothing but its type changes: the copy moves bytes, and reads
     * no value.
     */
    static Expr copied(Expr value) {
        Expr inner = value;
        while (inner instanceof Expr.Conversion conversion
                && movesBytes(conversion.operand().type(), conversion.type())) {
            inner = conversion.operand();
        }
        return inner instanceof Expr.PlaceValue ? inner : value;
    }

    /** Whether a value's bytes are those of the same value in another type. */
    static boolean movesBytes(Type from, Type to) {
        boolean alike = isBits(from) && isBits(to);
        for (Abi abi : Abi.values()) {
            alike &= from.size(abi) == to.size(abi);
        }
        return alike;
    }

    private static boolean isBits(Type type) {
        return type instanceof PointerType || (type instanceof ScalarType scalar && scalar.isInteger());
    }
}
