// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.java.forms;

import com.palantir.javapoet.CodeBlock;
import dev.opvc.compiler.emit.java.expressions.AddressRenderer;
import dev.opvc.compiler.emit.java.expressions.ConstantFolding;
import dev.opvc.compiler.emit.java.expressions.ConversionRenderer;
import dev.opvc.compiler.emit.java.expressions.ExpressionRenderer;
import dev.opvc.compiler.emit.java.expressions.MemoryAccess;
import dev.opvc.compiler.emit.java.expressions.Rendered;
import dev.opvc.compiler.emit.java.names.JavaNames;
import dev.opvc.compiler.emit.java.names.RuntimeClasses;
import dev.opvc.compiler.emit.java.names.Variables;
import dev.opvc.compiler.emit.java.types.JavaType;
import dev.opvc.compiler.model.Type;
import dev.opvc.compiler.vector.Address;
import dev.opvc.compiler.vector.Length;
import dev.opvc.compiler.vector.Operation;
import dev.opvc.compiler.vector.ResultValue;
import dev.opvc.compiler.vector.Value;
import java.lang.invoke.VarHandle;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Renders the operations of a path as plain loads and stores, and what the path then gives. */
final class PlainWrites implements Operation.Cases<CodeBlock>, ResultValue.Cases<CodeBlock> {
    private final ExpressionRenderer expressions;
    private final AddressRenderer addresses;
    private final InitialBlocks initials;
    private final Map<Integer, String> copies = new HashMap<>();

    /**
     * @param results what the path gives, of which it may copy some from memory
     */
    PlainWrites(List<ResultValue> results, Variables variables, PartRenderers renderers) {
        this.expressions = renderers.expressions();
        this.addresses = renderers.addresses();
        this.initials = renderers.initials();
        for (ResultValue value : results) {
            if (value instanceof ResultValue.Copied copied) {
                String name = JavaNames.variable(copied.result().name());
                copies.put(copied.cell().number(), variables.fresh(name));
            }
        }
    }

    CodeBlock statement(Operation operation) {
        return CodeBlock.builder().addStatement(operation.match(this)).build();
    }

    @Override
    public CodeBlock computed(ResultValue.Computed computed) {
        return expressions.render(computed.value()).code();
    }

    @Override
    public CodeBlock copied(ResultValue.Copied copied) {
        return MemoryAccess.valueOfRaw(copied.result().type(), copy(copied.cell()));
    }

    @Override
    public CodeBlock compare(Operation.Compare compare) {
        throw new IllegalArgumentException("a comparison among the writes of a transaction");
    }

    @Override
    public CodeBlock copy(Operation.Copy copy) {
        if (copy.dst().address() instanceof Address.OfCell cell) {
            Type type = cell.value().type();
            return CodeBlock.of(
                    "$T $L = $L",
                    MemoryAccess.rawType(type).typeName(),
                    copy(cell),
                    MemoryAccess.readRaw(type, addresses.address(copy.src().address())));
        }
        CodeBlock dst = addresses.address(copy.dst().address());
        if (copy.src().address() instanceof Address.OfCell cell) {
            return MemoryAccess.write(cell.value().type(), dst, stored(cell.value()));
        }
        CodeBlock src = copy.src().address() instanceof Address.OfInitial initial
                ? initials.address(initial)
                : addresses.address(copy.src().address());
        if (copy.length() instanceof Length.OfType ofType && ofType.type().isValue()) {
            return MemoryAccess.writeRaw(ofType.type(), dst, MemoryAccess.readRaw(ofType.type(), src));
        }
        return CodeBlock.of("$T.copy($L, $L, $L)", RuntimeClasses.MEMORY, dst, src, addresses.length(copy.length()));
    }

    @Override
    public CodeBlock add(Operation.Add add) {
        CodeBlock place = place(add.p());
        return MemoryAccess.writeRaw(type(add), place, update(add, place).add(add));
    }

    @Override
    public CodeBlock bitwise(Operation.Bitwise bitwise) {
        CodeBlock place = place(bitwise.p());
        return MemoryAccess.writeRaw(
                type(bitwise), place, update(bitwise, place).bitwise(bitwise));
    }

    @Override
    public CodeBlock shift(Operation.Shift shift) {
        CodeBlock place = place(shift.p());
        return MemoryAccess.writeRaw(type(shift), place, update(shift, place).shift(shift));
    }

    @Override
    public CodeBlock barrier(Operation.Barrier barrier) {
        return CodeBlock.of("$T.$L()", VarHandle.class, barrier.release() ? "releaseFence" : "fullFence");
    }

    private CodeBlock place(Operation.Operand operand) {
        return addresses.address(operand.address());
    }

    private RawUpdate update(Operation operation, CodeBlock place) {
        return new RawUpdate(expressions, type(operation), place);
    }

    private static Type type(Operation operation) {
        return ((Length.OfType) operation.length()).type();
    }

    /** The variable with the bytes that were copied to a result's cell. */
    private String copy(Address.OfCell cell) {
        return Objects.requireNonNull(copies.get(cell.number()));
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
}
