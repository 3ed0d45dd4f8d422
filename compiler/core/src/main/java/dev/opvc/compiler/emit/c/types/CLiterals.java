// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.c.types;

import dev.opvc.compiler.emit.c.text.CExpression;
import dev.opvc.compiler.model.Abi;
import dev.opvc.compiler.model.ConstantValue;
import dev.opvc.compiler.model.PointerType;
import dev.opvc.compiler.model.ScalarType;
import dev.opvc.compiler.model.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Constants as C writes them, exact and without a warning from any compiler. */
public final class CLiterals {
    /** The types that a constant without a type can have in C, the first that holds it. */
    private static final List<ScalarType> NATURAL =
            List.of(ScalarType.I32, ScalarType.U32, ScalarType.I64, ScalarType.U64);

    private static final int SHORT_DECIMAL_DIGITS = 17;
    private static final String NO_VALUE_IN_TYPE = "no literal of type ";

    private CLiterals() {}

    /** A constant that has a type. */
    public static CExpression typed(Type type, ConstantValue value) {
        if (type instanceof PointerType) {
            return pointer(type, value);
        }
        ScalarType scalar = (ScalarType) type;
        if (value instanceof ConstantValue.BoolValue bool) {
            return CExpression.primary(Boolean.toString(bool.value()));
        }
        if (scalar.isFloat()) {
            return floating(scalar, value);
        }
        return byPointerSize((ConstantValue.IntegerValue) value, number -> integer(scalar, number));
    }

    /** A constant without a type; empty if no type of C holds it. */
    public static Optional<CExpression> untyped(ConstantValue value) {
        if (value instanceof ConstantValue.IntegerValue integer) {
            boolean fits = naturalType(integer.lp64()).isPresent()
                    && naturalType(integer.ilp32()).isPresent();
            return fits ? Optional.of(byPointerSize(integer, CLiterals::natural)) : Optional.empty();
        }
        if (value instanceof ConstantValue.DecimalValue decimal) {
            double rounded = Double.parseDouble(decimal.value().toString());
            boolean vanishes = rounded == 0 && decimal.value().signum() != 0;
            return Double.isInfinite(rounded) || vanishes
                    ? Optional.empty()
                    : Optional.of(floating(ScalarType.F64, value));
        }
        if (value instanceof ConstantValue.SpecialFloat) {
            return Optional.of(floating(ScalarType.F64, value));
        }
        if (value instanceof ConstantValue.BoolValue) {
            return Optional.of(typed(ScalarType.BOOL, value));
        }
        if (value instanceof ConstantValue.NullValue) {
            return Optional.of(CExpression.primary("NULL"));
        }
        throw new IllegalArgumentException("no constant of C: " + value);
    }

    /** A number of bytes, elements or bits, which may depend on the size of a pointer. */
    public static CExpression count(long lp64, long ilp32) {
        return byPointerSize(
                new ConstantValue.IntegerValue(BigInteger.valueOf(lp64), BigInteger.valueOf(ilp32)),
                CLiterals::natural);
    }

    /** An integer, modulo 2^64, as an operand of a type of 64 bits: small ones need no suffix. */
    public static CExpression wide(ScalarType type, ConstantValue value) {
        return byPointerSize((ConstantValue.IntegerValue) value, number -> {
            BigInteger wrapped = type.wrap(number, Abi.LP64);
            return integer(holds(ScalarType.I32, wrapped) ? ScalarType.I32 : type, wrapped);
        });
    }

    private static CExpression byPointerSize(
            ConstantValue.IntegerValue value, Function<BigInteger, CExpression> literal) {
        CExpression lp64 = literal.apply(value.lp64());
        return value.portable() ? lp64 : CExpression.call("OPV_LP64_ILP32", lp64, literal.apply(value.ilp32()));
    }

    private static Optional<ScalarType> naturalType(BigInteger number) {
        return NATURAL.stream().filter(type -> holds(type, number)).findFirst();
    }

    private static boolean holds(ScalarType type, BigInteger number) {
        return type.wrap(number, Abi.LP64).equals(number);
    }

    private static CExpression natural(BigInteger number) {
        return integer(naturalType(number).orElseThrow(), number);
    }

    private static CExpression integer(ScalarType type, BigInteger number) {
        // No literal has a type's smallest value: C reads the minus as an operator on what is out of range.
        if (type.isSigned() && number.equals(type.min(Abi.LP64))) {
            return CExpression.primary("INT" + type.width(Abi.LP64) + "_MIN");
        }
        if (number.signum() < 0) {
            return negative(magnitude(type, number.negate()));
        }
        if (type == ScalarType.UPTR) {
            return CExpression.cast(CTypes.scalar(type), CExpression.primary(magnitude(ScalarType.U64, number)));
        }
        return CExpression.primary(magnitude(type, number));
    }

    private static CExpression negative(String magnitude) {
        return new CExpression("-" + magnitude, CExpression.Binding.OTHER);
    }

    private static String magnitude(ScalarType type, BigInteger number) {
        return switch (type) {
            case U32 -> number + "u";
            case U64 -> "UINT64_C(" + number + ")";
            case I64 -> "INT64_C(" + number + ")";
            default -> number.toString();
        };
    }

    private static CExpression pointer(Type type, ConstantValue value) {
        if (value instanceof ConstantValue.IntegerValue) {
            return CExpression.cast(CTypes.name(type), typed(ScalarType.UPTR, value));
        }
        return CExpression.primary("NULL");
    }

    private static CExpression floating(ScalarType type, ConstantValue value) {
        if (value instanceof ConstantValue.SpecialFloat special) {
            return special(type, special.value());
        }
        if (value instanceof ConstantValue.DecimalValue decimal) {
            return decimal(type, decimal.value());
        }
        if (value instanceof ConstantValue.IntegerValue integer && integer.portable()) {
            return decimal(type, new BigDecimal(integer.lp64()));
        }
        throw new IllegalArgumentException(NO_VALUE_IN_TYPE + type + ": " + value);
    }

    private static CExpression special(ScalarType type, double value) {
        String suffix = type == ScalarType.F32 ? "f" : "";
        if (Double.isNaN(value)) {
            return CExpression.primary("__builtin_nan" + suffix + "(\"\")");
        }
        if (value == 0) {
            return negative("0.0" + suffix);
        }
        String infinity = "__builtin_inf" + suffix + "()";
        return value < 0 ? negative(infinity) : CExpression.primary(infinity);
    }

    /** In decimal where that is short and exact, else in hexadecimal, so that no compiler rounds. */
    private static CExpression decimal(ScalarType type, BigDecimal exact) {
        boolean single = type == ScalarType.F32;
        double rounded = single ? Float.parseFloat(exact.toString()) : Double.parseDouble(exact.toString());
        if (Double.isInfinite(rounded)) {
            return special(type, rounded);
        }
        BigDecimal stripped = exact.stripTrailingZeros();
        boolean isShort = stripped.precision() <= SHORT_DECIMAL_DIGITS
                && Math.abs(stripped.scale()) <= SHORT_DECIMAL_DIGITS
                && new BigDecimal(rounded).compareTo(exact) == 0;
        String magnitude = isShort ? shortDecimal(stripped.abs()) : Double.toHexString(Math.abs(rounded));
        String text = magnitude + (single ? "f" : "");
        return exact.signum() < 0 ? negative(text) : CExpression.primary(text);
    }

    private static String shortDecimal(BigDecimal value) {
        String plain = value.toPlainString();
        return plain.indexOf('.') < 0 ? plain + ".0" : plain;
    }
}
