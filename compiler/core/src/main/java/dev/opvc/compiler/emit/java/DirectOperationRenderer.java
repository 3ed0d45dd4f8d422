// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.java;

import com.palantir.javapoet.CodeBlock;
import dev.opvc.compiler.language.UnaryOperator;
import dev.opvc.compiler.emit.java.Rendered.Level;
import dev.opvc.compiler.model.Abi;
import dev.opvc.compiler.vector.Address;
import dev.opvc.compiler.vector.Value;
import dev.opvc.compiler.model.Length;
import dev.opvc.compiler.model.ScalarType;
import dev.opvc.compiler.model.Type;
import dev.opvc.compiler.model.ConstantValue;
import dev.opvc.compiler.vector.OpCode;
import dev.opvc.compiler.vector.Operation;
import dev.opvc.compiler.vector.ResultValue;
import java.lang.invoke.VarHandle;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Renders operations as plain loads and stores. */
final class DirectOperationRenderer {
    private final ExpressionRenderer expressions;
    private final AddressRenderer addresses;
    private final Map<Integer, String> copies = new HashMap<>();

    /**
     * @param results what the path gives, of which it may copy some from memory
     */
    DirectOperationRenderer(List<ResultValue> results, Locals locals, Renderers renderers) {
        this.expressions = renderers.expressions();
        this.addresses = renderers.addresses();
        for (ResultValue value : results) {
            if (value instanceof ResultValue.Copied copied) {
                String name = JavaNames.variable(copied.result().name());
                copies.put(copied.cell().number(), locals.fresh(name));
            }
        }
    }

    /** The variable with the bytes that were copied to a result's cell. */
    String copied(Address.OfCell cell) {
        return Objects.requireNonNull(copies.get(cell.number()));
    }

    /** The condition under which a guard ends the transaction. */
    CodeBlock stops(Operation.Compare compare) {
        String operator = compare.code() == OpCode.COMPARE_EQ ? "!=" : "==";
        Type type = comparedAs(compare);
        return Rendered.infix(
                        side(compare.a().address(), type),
                        operator,
                        Level.EQUALITY,
                        side(compare.b().address(), type))
                .code();
    }

    /** A place is read as the type of the value that it is compared with; two places are of one width. */
    private static Type comparedAs(Operation.Compare compare) {
        if (compare.a().address() instanceof Address.OfCell cell) {
            return cell.value().type();
        }
        return compare.b().address() instanceof Address.OfCell cell
                ? cell.value().type()
                : ((Address.OfPlace) compare.a().address()).place().type();
    }

    private Rendered side(Address address, Type type) {
        return address instanceof Address.OfCell cell
                ? expressions.render(cell.value())
                : Rendered.primary("$L", MemoryAccess.read(type, address(address)));
    }

    CodeBlock statement(Operation operation) {
        if (operation instanceof Operation.Barrier) {
            return statement(CodeBlock.of("$T.fullFence()", VarHandle.class));
        }
        if (operation instanceof Operation.Copy copy) {
            return statement(copy(copy));
        }
        CodeBlock place = address(operation.operands().get(0).address());
        Type type = ((Length.OfType) operation.length()).type();
        return statement(MemoryAccess.writeRaw(type, place, updated(operation, type, place)));
    }

    private static CodeBlock statement(CodeBlock code) {
        return CodeBlock.builder().addStatement(code).build();
    }

    private CodeBlock copy(Operation.Copy copy) {
        if (copy.dst().address() instanceof Address.OfCell cell) {
            Type type = cell.value().type();
            return CodeBlock.of(
                    "$T $L = $L",
                    MemoryAccess.rawType(type).typeName(),
                    copied(cell),
                    MemoryAccess.readRaw(type, address(copy.src().address())));
        }
        CodeBlock dst = address(copy.dst().address());
        if (copy.src().address() instanceof Address.OfCell cell) {
            return MemoryAccess.write(cell.value().type(), dst, stored(cell.value()));
        }
        CodeBlock src = address(copy.src().address());
        if (copy.length() instanceof Length.OfType ofType && ofType.type().isValue()) {
            return MemoryAccess.writeRaw(ofType.type(), dst, MemoryAccess.readRaw(ofType.type(), src));
        }
        return CodeBlock.of("$T.copy($L, $L, $L)", RuntimeClasses.MEMORY, dst, src, addresses.length(copy.length()));
    }

    /** A constant of a type that Java promotes is an int, which no method takes for less. */
    private Rendered stored(Value written) {
        Value value =
                ConstantFolding.fold(written).<Value>map(constant -> constant).orElse(written);
        JavaType type = JavaType.of(value.type());
        if (value instanceof Value.Constant && type.isPromoted()) {
            return ConversionRenderer.wrap(expressions.render(value), type);
        }
        return value instanceof Value.Constant && !type.isMasked() && type != JavaType.BOOL
                ? Rendered.primary("$L", expressions.asArgument(value))
                : expressions.render(value);
    }

    private CodeBlock updated(Operation operation, Type type, CodeBlock place) {
        JavaType raw = MemoryAccess.rawType(type);
        Rendered old = Rendered.primary("$L", MemoryAccess.readRaw(type, place));
        if (operation instanceof Operation.Add add) {
            return held(sum(old, add.count(), raw), raw);
        }
        if (operation instanceof Operation.Bitwise bitwise) {
            Rendered mask = lowBits(bitwise.mask(), raw);
            return held(
                    switch (bitwise.code()) {
                        case OR -> Rendered.infix(old, "|", Level.BIT_OR, mask);
                        case AND -> Rendered.infix(old, "&", Level.BIT_AND, mask);
                        default -> Rendered.infix(old, "^", Level.BIT_XOR, mask);
                    },
                    raw);
        }
        Operation.Shift shift = (Operation.Shift) operation;
        Rendered bits = expressions.asIntOperand(shift.bits());
        if (shift.code() == OpCode.LSHIFT) {
            return held(Rendered.infix(old, "<<", Level.SHIFT, bits), raw);
        }
        Rendered unsigned = Rendered.primary("$L", MemoryAccess.read(unsigned(raw), place));
        return held(Rendered.infix(unsigned, ">>>", Level.SHIFT, bits), raw);
    }

    private Rendered sum(Rendered old, Value count, JavaType raw) {
        if (count instanceof Value.Unary negative && negative.operator() == UnaryOperator.NEGATE) {
            return Rendered.infix(old, "-", Level.SUM, lowBits(negative.operand(), raw));
        }
        if (count instanceof Value.Constant constant && isNegative(constant, raw)) {
            ConstantValue opposite = ConstantValue.IntegerValue.of(number(constant, raw).negate());
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

    /** A float has other bits than the integer that it becomes. */
    private static boolean keepsLowBits(Value.Conversion conversion, JavaType raw) {
        JavaType type = JavaType.of(conversion.operand().type());
        return !type.isFloat() && type.width() >= raw.width();
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

    private CodeBlock address(Address address) {
        return addresses.address(address);
    }
}
