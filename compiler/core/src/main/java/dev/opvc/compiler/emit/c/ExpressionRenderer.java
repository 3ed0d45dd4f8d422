// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.c;

import dev.opvc.compiler.language.UnaryOperator;
import dev.opvc.compiler.vector.Value;
import dev.opvc.compiler.model.PointerType;
import dev.opvc.compiler.model.ScalarType;
import dev.opvc.compiler.model.Type;

/**
 * Expressions of the language as expressions of C with the same value.
 *
 * <p>C's own operators are used where they do exactly what the language says: on unsigned integers that are not
 * promoted, and in comparisons. Everything else is a function of {@code opv/arith.h} or, on floats, of
 * {@code opv/floats.h}. The text has exactly the C type
 * of the expression, except that conditions are {@code int} in C.
 */
final class ExpressionRenderer {
    private final ValueNames names;
    private final AddressRenderer addresses;
    private final BinaryRenderer binaries = new BinaryRenderer(this);
    private final ComparisonRenderer comparisons = new ComparisonRenderer(this);

    ExpressionRenderer(ValueNames names) {
        this.names = names;
        this.addresses = new AddressRenderer(this);
    }

    /** Renders addresses with this. */
    AddressRenderer addresses() {
        return addresses;
    }

    CExpression render(Value expression) {
        if (expression instanceof Value.Logical logical) {
            return logical(logical);
        }
        if (expression instanceof Value.Comparison comparison) {
            return comparisons.render(comparison);
        }
        return renderValue(expression);
    }

    /** An integer as an operand of 64 unsigned bits: a negative one becomes huge. */
    CExpression renderUnsigned64(Value expression) {
        if (expression instanceof Value.Constant constant) {
            return CLiterals.wide(ScalarType.U64, constant.value());
        }
        if (isWidening(expression)) {
            return renderUnsigned64(((Value.Conversion) expression).operand());
        }
        return widenUnsigned(render(expression), (ScalarType) expression.type());
    }

    /** An integer as an operand of 64 signed bits, modulo 2^64. */
    CExpression renderSigned64(Value expression) {
        if (expression instanceof Value.Constant constant) {
            return CLiterals.wide(ScalarType.I64, constant.value());
        }
        if (isWidening(expression)) {
            return renderSigned64(((Value.Conversion) expression).operand());
        }
        ScalarType type = (ScalarType) expression.type();
        if (Integers.holds(ScalarType.I64, type)) {
            return widen(render(expression), type, ScalarType.I64, true);
        }
        return CExpression.call("opv_wrap_i64", renderUnsigned64(expression));
    }

    /** What was rendered already, as an operand of 64 unsigned bits. */
    static CExpression widenUnsigned(CExpression text, ScalarType type) {
        return widen(text, type, ScalarType.U64, !type.isSigned());
    }

    /** What C does by itself where it is clear, a cast does everywhere. */
    private static CExpression widen(CExpression text, ScalarType from, ScalarType to, boolean byItself) {
        boolean clear = byItself && text.isPrimary();
        return from == to || clear ? text : CExpression.cast(CTypes.scalar(to), text);
    }

    /** Whether it only says that an integer becomes one of 64 bits, which the operand of 64 bits says again. */
    private static boolean isWidening(Value expression) {
        return expression instanceof Value.Conversion conversion
                && (conversion.type() == ScalarType.I64 || conversion.type() == ScalarType.U64)
                && conversion.operand().type() instanceof ScalarType from
                && from.isInteger();
    }

    private CExpression renderValue(Value expression) {
        if (expression instanceof Value.Constant constant) {
            return CLiterals.typed(constant.type(), constant.value());
        }
        if (expression instanceof Value.OfParameter value) {
            return CExpression.primary(names.of(value.parameter()));
        }
        if (expression instanceof Value.OfLocal value) {
            return CExpression.primary(names.of(value.local()));
        }
        if (expression instanceof Value.OfFolded value) {
            return CExpression.primary(names.of(value.folded().local()));
        }
        if (expression instanceof Value.OfPrepared value) {
            return CExpression.primary(names.of(value.prepared()));
        }
        if (expression instanceof Value.Function function) {
            return function(function);
        }
        if (expression instanceof Value.Unary unary) {
            return unary(unary);
        }
        if (expression instanceof Value.Binary binary) {
            return binaries.render(binary);
        }
        if (expression instanceof Value.Conversion conversion) {
            return conversion(conversion);
        }
        if (expression instanceof Value.SameAddress same) {
            CExpression right = asInteger(addresses.render(same.right()));
            return CExpression.infix(asInteger(addresses.render(same.left())), "==", right);
        }
        if (expression instanceof Value.Select select) {
            return CExpression.choice(render(select.condition()), render(select.then()), render(select.otherwise()));
        }
        throw new IllegalArgumentException("memory is read by operations, not by expressions: " + expression);
    }

    /** Addresses of different objects can be compared as integers only. */
    private static CExpression asInteger(CExpression address) {
        return CExpression.cast(CTypes.scalar(ScalarType.UPTR), address);
    }

    private CExpression logical(Value.Logical logical) {
        return CExpression.infix(
                comparisons.renderNested(logical.left()),
                logical.operator().symbol(),
                comparisons.renderNested(logical.right()));
    }

    private CExpression function(Value.Function function) {
        ScalarType type = (ScalarType) function.arguments().get(0).type();
        return CExpression.call(
                "opv_" + function.builtin().word() + "_" + CTypes.arithmeticSuffix(type),
                function.arguments().stream().map(this::render).toArray(CExpression[]::new));
    }

    private CExpression unary(Value.Unary unary) {
        CExpression operand = render(unary.operand());
        if (unary.operator() == UnaryOperator.NOT) {
            return CExpression.not(operand);
        }
        ScalarType type = (ScalarType) unary.type();
        boolean complement = unary.operator() == UnaryOperator.COMPLEMENT;
        if (complement && Integers.isUnpromoted(type)) {
            return CExpression.prefix(unary.operator().symbol(), operand);
        }
        return CExpression.call((complement ? "opv_not_" : "opv_neg_") + CTypes.arithmeticSuffix(type), operand);
    }

    private CExpression conversion(Value.Conversion conversion) {
        Type from = conversion.operand().type();
        Type to = conversion.type();
        CExpression operand = render(conversion.operand());
        if (from.equals(to)) {
            return operand;
        }
        if (to instanceof PointerType) {
            boolean throughInteger = from instanceof ScalarType && from != ScalarType.UPTR;
            CExpression address = throughInteger ? CExpression.cast(CTypes.scalar(ScalarType.UPTR), operand) : operand;
            return CExpression.cast(CTypes.name(to), address);
        }
        return toScalar(operand, from, (ScalarType) to);
    }

    /** A function for every pair of types of which one is a float. */
    private static CExpression convertFloat(CExpression operand, ScalarType from, ScalarType to) {
        return CExpression.call("opv_" + CTypes.arithmeticSuffix(to) + "_of_" + CTypes.arithmeticSuffix(from), operand);
    }

    private static CExpression toScalar(CExpression operand, Type from, ScalarType to) {
        if (from instanceof PointerType) {
            CExpression address = CExpression.cast(CTypes.scalar(ScalarType.UPTR), operand);
            return Integers.convert(address, ScalarType.UPTR, to);
        }
        ScalarType scalar = (ScalarType) from;
        return scalar.isFloat() || to.isFloat()
                ? convertFloat(operand, scalar, to)
                : Integers.convert(operand, scalar, Integers.require(to));
    }
}
