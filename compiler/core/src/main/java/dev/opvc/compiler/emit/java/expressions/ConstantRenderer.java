// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.java.expressions;

import dev.opvc.compiler.emit.java.expressions.Rendered.Level;
import dev.opvc.compiler.emit.java.types.JavaType;
import dev.opvc.compiler.model.Abi;
import dev.opvc.compiler.model.ConstantValue;
import dev.opvc.compiler.vector.Value;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Locale;

/** Renders constants as Java literals. The same constant has the same literal whatever JDK the compiler runs on. */
public final class ConstantRenderer {
    private ConstantRenderer() {}

    public static Rendered render(Value.Constant constant) {
        return render(constant.value(), JavaType.of(constant.type()));
    }

    public static Rendered render(ConstantValue value, JavaType type) {
        if (value instanceof ConstantValue.BoolValue bool) {
            return Rendered.primary("$L", bool.value());
        }
        if (value instanceof ConstantValue.NullValue) {
            return Rendered.primary("0L");
        }
        if (value instanceof ConstantValue.SpecialFloat special) {
            return special(special.value(), type);
        }
        if (value instanceof ConstantValue.DecimalValue decimal) {
            return decimal(decimal.value(), type);
        }
        BigInteger integer = ((ConstantValue.IntegerValue) value).on(Abi.LP64);
        return type.isFloat() ? decimal(new BigDecimal(integer), type) : integer(integer, type);
    }

    private static Rendered integer(BigInteger value, JavaType type) {
        String suffix = type.isLong() ? "L" : "";
        if (type.isBitPattern() && value.testBit(type.width() - 1)) {
            return Rendered.primary("0x$L$L", value.toString(16).toUpperCase(Locale.ROOT), suffix);
        }
        return Rendered.of(value.signum() < 0 ? Level.UNARY : Level.PRIMARY, "$L$L", value, suffix);
    }

    private static Rendered special(double value, JavaType type) {
        Class<?> box = type == JavaType.F32 ? Float.class : Double.class;
        if (Double.isNaN(value)) {
            return Rendered.primary("$T.NaN", box);
        }
        if (Double.isInfinite(value)) {
            return Rendered.primary("$T.$L", box, value > 0 ? "POSITIVE_INFINITY" : "NEGATIVE_INFINITY");
        }
        return Rendered.of(Level.UNARY, "-0.0$L", suffix(type));
    }

    // The digits are those of the exact value: which ones Double.toString gives depends on the JDK.
    private static Rendered decimal(BigDecimal value, JavaType type) {
        double rounded =
                type == JavaType.F32 ? Float.parseFloat(value.toString()) : Double.parseDouble(value.toString());
        if (Double.isInfinite(rounded)) {
            return special(rounded, type);
        }
        Level level = value.signum() < 0 ? Level.UNARY : Level.PRIMARY;
        // Java refuses a literal that rounds to zero and is not.
        if (rounded == 0) {
            return Rendered.of(level, value.signum() < 0 ? "-0.0$L" : "0.0$L", suffix(type));
        }
        String digits = value.toString();
        boolean integral = digits.chars().allMatch(each -> each == '-' || Character.isDigit(each));
        return Rendered.of(level, "$L$L$L", digits, integral ? ".0" : "", suffix(type));
    }

    private static String suffix(JavaType type) {
        return type == JavaType.F32 ? "f" : "";
    }
}
