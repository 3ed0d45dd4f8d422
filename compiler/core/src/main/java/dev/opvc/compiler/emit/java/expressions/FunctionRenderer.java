// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.java.expressions;

import com.palantir.javapoet.CodeBlock;
import dev.opvc.compiler.emit.java.expressions.Rendered.Level;
import dev.opvc.compiler.emit.java.names.RuntimeClasses;
import dev.opvc.compiler.emit.java.types.JavaType;
import dev.opvc.compiler.model.Builtin;
import java.util.List;
import java.util.Locale;

/** Renders the functions of the language. */
public final class FunctionRenderer {
    private FunctionRenderer() {}

    /**
     * A call.
     *
     * @param type of the arguments
     */
    static Rendered render(Builtin builtin, List<Rendered> arguments, JavaType type) {
        return switch (builtin) {
            case MIN, MAX -> extreme(builtin.word(), arguments.get(0), arguments.get(1), type);
            case ABS -> abs(arguments.get(0), type);
            case CLZ -> leadingZeros(arguments.get(0), type);
            case CTZ -> trailingZeros(arguments.get(0), type);
            case POPCOUNT -> count("bitCount", withoutSign(arguments.get(0), type), type);
            case ISNAN -> ofBox("isNaN", arguments.get(0), type);
            case ISINF -> ofBox("isInfinite", arguments.get(0), type);
            case SQRT, FLOOR, CEIL -> ofDouble(builtin.word(), arguments.get(0), type);
            case BITS -> ofBox(type == JavaType.F32 ? "floatToIntBits" : "doubleToLongBits", arguments.get(0), type);
            case FROM_BITS ->
                type.isLong()
                        ? Rendered.primary(
                                "$T.longBitsToDouble($L)",
                                Double.class,
                                arguments.get(0).code())
                        : Rendered.primary(
                                "$T.intBitsToFloat($L)",
                                Float.class,
                                arguments.get(0).code());
        };
    }

    private static Rendered ofBox(String method, Rendered operand, JavaType type) {
        return Rendered.primary("$T.$L($L)", type == JavaType.F32 ? Float.class : Double.class, method, operand.code());
    }

    /** Rounding the root of a float to a double, and that to a float, is the same as rounding it once. */
    private static Rendered ofDouble(String method, Rendered operand, JavaType type) {
        Rendered result = Rendered.primary("$T.$L($L)", Math.class, method, operand.code());
        return type == JavaType.F32 ? Rendered.cast(float.class, result) : result;
    }

    private static Rendered extreme(String word, Rendered left, Rendered right, JavaType type) {
        CodeBlock arguments = CodeBlock.of("$L, $L", left.code(), right.code());
        if (type.isBitPattern()) {
            return Rendered.primary("$T.$LUnsigned($L)", RuntimeClasses.ARITHMETIC, word, arguments);
        }
        Rendered result = Rendered.primary("$T.$L($L)", Math.class, word, arguments);
        return type.isPromoted() ? ConversionRenderer.wrap(result, type) : result;
    }

    private static Rendered abs(Rendered operand, JavaType type) {
        if (type.isUnsigned()) {
            return operand;
        }
        Rendered result = Rendered.primary("$T.abs($L)", Math.class, operand.code());
        return type.isFloat() ? result : ConversionRenderer.wrap(result, type);
    }

    private static Rendered leadingZeros(Rendered operand, JavaType type) {
        Rendered zeros = count("numberOfLeadingZeros", withoutSign(operand, type), type);
        int more = Integer.SIZE - type.width();
        return more > 0 ? Rendered.infix(zeros, "-", Level.SUM, Rendered.primary("$L", more)) : zeros;
    }

    /** A one bit above a short type's own makes the count of its zero the width. */
    private static Rendered trailingZeros(Rendered operand, JavaType type) {
        if (type.width() >= Integer.SIZE) {
            return count("numberOfTrailingZeros", operand, type);
        }
        String above = "0x" + Integer.toHexString(1 << type.width()).toUpperCase(Locale.ROOT);
        return count(
                "numberOfTrailingZeros",
                Rendered.infix(operand, "|", Level.BIT_OR, Rendered.primary("$L", above)),
                type);
    }

    private static Rendered withoutSign(Rendered operand, JavaType type) {
        return switch (type) {
            case I8 -> ConversionRenderer.mask(operand, JavaType.U8);
            case I16 -> ConversionRenderer.mask(operand, JavaType.U16);
            default -> operand;
        };
    }

    private static Rendered count(String method, Rendered operand, JavaType type) {
        return Rendered.primary("$T.$L($L)", type.isLong() ? Long.class : Integer.class, method, operand.code());
    }
}
