// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.java.expressions;

import dev.opvc.compiler.emit.java.expressions.Rendered.Level;
import dev.opvc.compiler.emit.java.names.RuntimeClasses;
import dev.opvc.compiler.emit.java.types.JavaType;
import java.util.Locale;

/** Renders conversions between types, and the wrapping of results that have left their type. No cast is redundant. */
public final class ConversionRenderer {
    private ConversionRenderer() {}

    /** The value of another type: of an integer, its low bits, widened as its own signedness says. */
    static Rendered render(Rendered operand, JavaType from, JavaType to) {
        if (from == to) {
            return operand;
        }
        if (from == JavaType.BOOL && !to.isFloat()) {
            String suffix = to.isLong() ? "L" : "";
            Rendered number =
                    Rendered.of(Level.CONDITIONAL, "$L ? 1$L : 0$L", operand.atLeast(Level.LOGICAL_OR), suffix, suffix);
            return to.isPromoted() ? cast(number, to) : number;
        }
        if (from == JavaType.BOOL || to == JavaType.BOOL) {
            throw new IllegalArgumentException("no conversion is defined from " + from + " to " + to);
        }
        if (from.isFloat() && !to.isFloat()) {
            return fromFloat(operand, to);
        }
        if (to.isFloat() && from.isBitPattern()) {
            return fromBitPattern(operand, from, to);
        }
        return switch (to) {
            case F32, F64 -> cast(operand, to);
            case U64, I64 -> toLong(operand, from);
            case U32, I32 -> from.isLong() || from.isPromoted() ? cast(operand, to) : operand;
            case U8, U16 -> toMasked(operand, from, to);
            case I8, I16 -> cast(operand, to);
            case BOOL -> throw new IllegalArgumentException("not a number: " + to);
        };
    }

    /** Java's own casts saturate, and give 0 for NaN, in their two widths of signed integers. */
    private static Rendered fromFloat(Rendered operand, JavaType to) {
        return to == JavaType.I32 || to == JavaType.I64
                ? cast(operand, to)
                : Rendered.primary("$T.to$L($L)", RuntimeClasses.ARITHMETIC, to, operand.code());
    }

    private static Rendered fromBitPattern(Rendered operand, JavaType from, JavaType to) {
        return from == JavaType.U32
                ? cast(toLong(operand, from), to)
                : Rendered.primary("$T.u64To$L($L)", RuntimeClasses.ARITHMETIC, to, operand.code());
    }

    /** What an operator of Java gave for operands of a type, as a value of that type. */
    public static Rendered wrap(Rendered result, JavaType type) {
        if (type.isMasked()) {
            return mask(result, type);
        }
        return type.isPromoted() ? cast(result, type) : result;
    }

    /** The low bits of an int. */
    static Rendered mask(Rendered operand, JavaType type) {
        String mask = "0x" + Integer.toHexString(type.mask()).toUpperCase(Locale.ROOT);
        return Rendered.infix(operand, "&", Level.BIT_AND, Rendered.primary("$L", mask));
    }

    private static Rendered toLong(Rendered operand, JavaType from) {
        if (from.isLong()) {
            return operand;
        }
        return from == JavaType.U32
                ? Rendered.primary("$T.toUnsignedLong($L)", Integer.class, operand.code())
                : Rendered.cast(long.class, operand);
    }

    private static Rendered toMasked(Rendered operand, JavaType from, JavaType to) {
        if (from == JavaType.U8) {
            return operand;
        }
        return mask(from.isLong() ? Rendered.cast(int.class, operand) : operand, to);
    }

    private static Rendered cast(Rendered operand, JavaType to) {
        return Rendered.cast(to.held(), operand);
    }
}
