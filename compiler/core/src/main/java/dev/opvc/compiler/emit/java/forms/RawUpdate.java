// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.java.forms;

import com.palantir.javapoet.CodeBlock;
import dev.opvc.compiler.emit.java.expressions.ConversionRenderer;
import dev.opvc.compiler.emit.java.expressions.ExpressionRenderer;
import dev.opvc.compiler.emit.java.expressions.MemoryAccess;
import dev.opvc.compiler.emit.java.expressions.Rendered;
import dev.opvc.compiler.emit.java.expressions.Rendered.Level;
import dev.opvc.compiler.emit.java.types.JavaType;
import dev.opvc.compiler.language.UnaryOperator;
import dev.opvc.compiler.model.Abi;
import dev.opvc.compiler.model.ConstantValue;
import dev.opvc.compiler.model.ScalarType;
import dev.opvc.compiler.model.Type;
import dev.opvc.compiler.vector.OpCode;
import dev.opvc.compiler.vector.Operation;
import dev.opvc.compiler.vector.Value;
import java.math.BigInteger;

/** Renders what a place holds after an operation, from what it holds before: as an integer of its width. */
final class RawUpdate {
    private final ExpressionRenderer expressions;
    private final Type type;
    private final CodeBlock place;
    private final JavaType raw;

    /**
     * @param type of the place
     * @param place its address
     */
    RawUpdate(ExpressionRenderer expressions, Type type, CodeBlock place) {
        this.expressions = expressions;
        this.type = type;
        this.place = place;
        this.raw = MemoryAccess.rawType(type);
    }

    CodeBlock add(Operation.Add add) {
        return held(sum(old(), add.count(), raw), raw);
    }

    CodeBlock bitwise(Operation.Bitwise bitwise) {
        return held(infix(bitwise, old(), lowBits(bitwise.mask(), raw)), raw);
    }

    CodeBlock shift(Operation.Shift shift) {
        Rendered shifted =
                shift.code() == OpCode.LSHIFT ? old() : Rendered.primary("$L", MemoryAccess.read(unsigned(raw), place));
        return held(infix(shift, shifted, expressions.asIntOperand(shift.bits())), raw);
    }

    private static Rendered infix(Operation operation, Rendered left, Rendered right) {
        OperationTable.Row row = OperationTable.row(operation.code());
        return Rendered.infix(left, row.operator(), row.level(), right);
    }

    private Rendered old() {
        return Rendered.primary("$L", MemoryAccess.readRaw(type, place));
    }

    private Rendered sum(Rendered old, Value count, JavaType raw) {
        if (count instanceof Value.Unary negative && negative.operator() == UnaryOperator.NEGATE) {
            return Rendered.infix(old, "-", Level.SUM, lowBits(negative.operand(), raw));
        }
        if (count instanceof Value.Constant constant && isNegative(constant, raw)) {
            ConstantValue opposite =
                    ConstantValue.IntegerValue.of(number(constant, raw).negate());
            return Rendered.infix(old, "-", Level.SUM, lowBits(new Value.Constant(ScalarType.I64, opposite), raw));
        }
        return Rendered.infix(old, "+", Level.SUM, lowBits(count, raw));
    }

    /** A number in whose low bits, as many as a type has, those of the value stand. */
    private Rendered lowBits(Value value, JavaType raw) {
        if (value instanceof Value.Constant constant) {
            BigInteger number = number(constant, raw);
            Value low = new Value.Constant(signed(raw), ConstantValue.IntegerValue.of(number));
            return new Rendered(expressions.asArgument(low), number.signum() < 0 ? Level.UNARY : Level.PRIMARY);
        }
        if (value instanceof Value.Conversion conversion && keepsLowBits(conversion, raw)) {
            return lowBits(conversion.operand(), raw);
        }
        Rendered rendered = expressions.render(value);
        JavaType type = JavaType.of(value.type());
        return type.isLong() && !raw.isLong() ? Rendered.cast(int.class, rendered) : rendered;
    }

    /** A float has other bits than the integer that it becomes, and a truth value has none in Java. */
    private static boolean keepsLowBits(Value.Conversion conversion, JavaType raw) {
        JavaType type = JavaType.of(conversion.operand().type());
        return type != JavaType.BOOL && !type.isFloat() && type.width() >= raw.width();
    }

    private static BigInteger number(Value.Constant constant, JavaType raw) {
        return signed(raw).wrap(((ConstantValue.IntegerValue) constant.value()).on(Abi.LP64), Abi.LP64);
    }

    /** Whether it has an opposite that is positive: the least number has none. */
    private static boolean isNegative(Value.Constant constant, JavaType raw) {
        BigInteger number = number(constant, raw);
        return number.signum() < 0 && number.compareTo(signed(raw).min(Abi.LP64)) > 0;
    }

    private static CodeBlock held(Rendered result, JavaType raw) {
        return raw.isPromoted() ? ConversionRenderer.wrap(result, raw).code() : result.code();
    }

    private static ScalarType signed(JavaType raw) {
        return switch (raw) {
            case I8 -> ScalarType.I8;
            case I16 -> ScalarType.I16;
            case I32 -> ScalarType.I32;
            default -> ScalarType.I64;
        };
    }

    private static ScalarType unsigned(JavaType raw) {
        return switch (raw) {
            case I8 -> ScalarType.U8;
            case I16 -> ScalarType.U16;
            case I32 -> ScalarType.U32;
            default -> ScalarType.U64;
        };
    }
}
