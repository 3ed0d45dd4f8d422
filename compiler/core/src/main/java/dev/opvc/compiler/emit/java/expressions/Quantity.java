// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.java.expressions;

import com.palantir.javapoet.CodeBlock;
import dev.opvc.compiler.emit.java.expressions.Rendered.Level;
import dev.opvc.compiler.emit.java.types.JavaType;

/**
 * A number that is held against a bound. A negative one is out of any bound; compared without its sign it is too large.
 *
 * @param value the expression
 * @param type the type that the expression has
 * @param signless whether the value is known not to be negative, and no bit pattern of a large one
 */
public record Quantity(Rendered value, JavaType type, boolean signless) {
    static Quantity of(Rendered value, JavaType type) {
        return new Quantity(value, type, type.isMasked());
    }

    static Quantity of(long constant) {
        return notNegative(Rendered.primary("$L", constant), false);
    }

    static Quantity notNegative(Rendered value, boolean isLong) {
        return new Quantity(value, isLong ? JavaType.I64 : JavaType.I32, true);
    }

    /** Compares with a bound, which is not negative. */
    CodeBlock compare(String operator, Quantity bound) {
        if (signless) {
            return Rendered.infix(value, operator, Level.RELATION, bound.value).code();
        }
        boolean isLong = type.isLong() || bound.type.isLong();
        return CodeBlock.of(
                "$T.compareUnsigned($L, $L) $L 0",
                isLong ? Long.class : Integer.class,
                isLong ? ConversionRenderer.render(value, type, JavaType.U64).code() : value.code(),
                bound.value.code(),
                operator);
    }

    /** The number in decimal digits, as an operand of string concatenation. */
    CodeBlock text() {
        return type.isBitPattern()
                ? CodeBlock.of("$T.toUnsignedString($L)", type.isLong() ? Long.class : Integer.class, value.code())
                : value.atLeast(Level.PRODUCT);
    }
}
