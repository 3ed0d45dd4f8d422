// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.c.expressions;

import dev.opvc.compiler.emit.c.names.CNames;
import dev.opvc.compiler.emit.c.names.ValueNames;
import dev.opvc.compiler.emit.c.text.CExpression;
import dev.opvc.compiler.emit.c.types.CLiterals;
import dev.opvc.compiler.emit.c.types.CTypes;
import dev.opvc.compiler.emit.c.types.Integers;
import dev.opvc.compiler.language.UnaryOperator;
import dev.opvc.compiler.model.ConstantValue;
import dev.opvc.compiler.model.ScalarType;
import dev.opvc.compiler.model.Table;
import dev.opvc.compiler.vector.Address;
import dev.opvc.compiler.vector.Value;

/**
 * Expressions of the language as expressions of C with the same value.
 *
 * <p>C's own operators are used where they do exactly what the language says: on unsigned integers that are not
 * promoted, and in comparisons. Everything else is a function of {@code opv/arith.h} or, on floats, of
 * {@code opv/floats.h}. The text has exactly the C type of the expression, except that conditions are {@code int} in C.
 */
public final class ExpressionRenderer {
    private final ValueNames names;
    private final AddressRenderer addresses;
    private final BinaryRenderer binaries = new BinaryRenderer(this);
    private final ComparisonRenderer comparisons = new ComparisonRenderer(this);
    private final ConversionRenderer conversions = new ConversionRenderer(this);
    private final Kinds kinds = new Kinds();

    public ExpressionRenderer(ValueNames names) {
        this.names = names;
        this.addresses = new AddressRenderer(this);
    }

    /** Renders addresses with this. */
    public AddressRenderer addresses() {
        return addresses;
    }

    public CExpression render(Value value) {
        return value.match(kinds);
    }

    /** Whether a condition does not hold. */
    public CExpression renderNot(Value condition) {
        if (condition instanceof Value.Unary unary && unary.operator() == UnaryOperator.NOT) {
            return render(unary.operand());
        }
        return condition instanceof Value.Comparison comparison
                ? comparisons.renderNot(comparison)
                : CExpression.not(render(condition));
    }

    /** An integer as an operand of 64 unsigned bits: a negative one becomes huge. */
    public CExpression renderUnsigned64(Value value) {
        if (value instanceof Value.Constant constant) {
            return CLiterals.wide(ScalarType.U64, constant.value());
        }
        if (value instanceof Value.Conversion conversion && isWidening(conversion)) {
            return renderUnsigned64(conversion.operand());
        }
        return widenUnsigned(render(value), (ScalarType) value.type());
    }

    /** An integer as an operand of 64 signed bits, modulo 2^64. */
    public CExpression renderSigned64(Value value) {
        if (value instanceof Value.Constant constant) {
            return CLiterals.wide(ScalarType.I64, constant.value());
        }
        if (value instanceof Value.Conversion conversion && isWidening(conversion)) {
            return renderSigned64(conversion.operand());
        }
        ScalarType type = (ScalarType) value.type();
        if (Integers.holds(ScalarType.I64, type)) {
            return widen(render(value), type, ScalarType.I64, true);
        }
        return CExpression.call("opv_wrap_i64", renderUnsigned64(value));
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
    private static boolean isWidening(Value.Conversion conversion) {
        return (conversion.type() == ScalarType.I64 || conversion.type() == ScalarType.U64)
                && conversion.operand().type() instanceof ScalarType from
                && from.isInteger();
    }

    /** Addresses of different objects can be compared as integers only. */
    private CExpression asInteger(Address address) {
        return CExpression.cast(CTypes.scalar(ScalarType.UPTR), addresses.render(address));
    }

    private final class Kinds implements Value.Cases<CExpression> {
        @Override
        public CExpression constant(Value.Constant constant) {
            return CLiterals.typed(constant.type(), constant.value());
        }

        @Override
        public CExpression ofParameter(Value.OfParameter value) {
            return CExpression.primary(names.of(value.parameter()));
        }

        @Override
        public CExpression ofLocal(Value.OfLocal value) {
            return CExpression.primary(names.of(value.local()));
        }

        @Override
        public CExpression ofPrepared(Value.OfPrepared value) {
            return CExpression.primary(names.of(value.prepared()));
        }

        @Override
        public CExpression ofFolded(Value.OfFolded value) {
            return CExpression.primary(names.of(value.folded().local()));
        }

        @Override
        public CExpression function(Value.Function function) {
            ScalarType type = (ScalarType) function.arguments().get(0).type();
            return CExpression.call(
                    "opv_" + function.builtin().word() + "_" + CTypes.arithmeticSuffix(type),
                    function.arguments().stream()
                            .map(ExpressionRenderer.this::render)
                            .toArray(CExpression[]::new));
        }

        @Override
        public CExpression unary(Value.Unary unary) {
            CExpression operand = render(unary.operand());
            return switch (unary.operator()) {
                case NOT -> CExpression.not(operand);
                case COMPLEMENT ->
                    Integers.isUnpromoted((ScalarType) unary.type())
                            ? CExpression.prefix(unary.operator().symbol(), complemented(unary.operand(), operand))
                            : arithmetic("opv_not_", unary, operand);
                case NEGATE -> arithmetic("opv_neg_", unary, operand);
                case DEREFERENCE, ADDRESS_OF ->
                    throw new IllegalArgumentException("memory is read by operations, not by expressions: " + unary);
            };
        }

        private static CExpression arithmetic(String function, Value.Unary unary, CExpression operand) {
            return CExpression.call(function + CTypes.arithmeticSuffix((ScalarType) unary.type()), operand);
        }

        @Override
        public CExpression binary(Value.Binary binary) {
            return binaries.render(binary);
        }

        @Override
        public CExpression comparison(Value.Comparison comparison) {
            return comparisons.render(comparison);
        }

        @Override
        public CExpression logical(Value.Logical logical) {
            return CExpression.infix(
                    comparisons.renderNested(logical.left()),
                    logical.operator().symbol(),
                    comparisons.renderNested(logical.right()));
        }

        /** A truth value that became a number: compilers see through the conversion, and take the complement for a slip. */
        private CExpression complemented(Value operand, CExpression rendered) {
            return operand instanceof Value.Conversion conversion
                            && conversion.operand().type() == ScalarType.BOOL
                            && conversion.type() instanceof ScalarType type
                    ? CExpression.choice(
                            render(conversion.operand()),
                            CLiterals.typed(type, ConstantValue.IntegerValue.of(1)),
                            CLiterals.typed(type, ConstantValue.IntegerValue.of(0)))
                    : rendered;
        }

        @Override
        public CExpression select(Value.Select select) {
            CExpression chosen =
                    CExpression.choice(render(select.condition()), render(select.then()), render(select.otherwise()));
            boolean promoted =
                    select.type() instanceof ScalarType type && type.isInteger() && !Integers.isUnpromoted(type);
            return promoted ? CExpression.cast(CTypes.name(select.type()), chosen) : chosen;
        }

        @Override
        public CExpression element(Value.Element element) {
            return CExpression.primary(CNames.table(element.table()) + "[" + render(element.index()) + "]");
        }

        @Override
        public CExpression bucketOf(Value.BucketOf bucketOf) {
            Table table = bucketOf.table();
            return CExpression.call(
                    "opv_bucket_of_" + CTypes.arithmeticSuffix(table.element()),
                    CExpression.primary(CNames.table(table)),
                    CLiterals.typed(Table.INDEX_TYPE, ConstantValue.IntegerValue.of(table.length())),
                    render(bucketOf.operand()));
        }

        @Override
        public CExpression sameAddress(Value.SameAddress same) {
            return CExpression.infix(asInteger(same.left()), "==", asInteger(same.right()));
        }

        @Override
        public CExpression conversion(Value.Conversion conversion) {
            return conversions.render(conversion);
        }
    }
}
