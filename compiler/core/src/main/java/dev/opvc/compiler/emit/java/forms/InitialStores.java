// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.java.forms;

import com.palantir.javapoet.CodeBlock;
import dev.opvc.compiler.emit.java.expressions.ConstantRenderer;
import dev.opvc.compiler.emit.java.expressions.MemoryAccess;
import dev.opvc.compiler.emit.java.expressions.Rendered;
import dev.opvc.compiler.emit.java.types.JavaType;
import dev.opvc.compiler.model.Abi;
import dev.opvc.compiler.model.Field;
import dev.opvc.compiler.model.InitialValue;
import dev.opvc.compiler.vector.Value;
import java.util.function.IntFunction;

/** Renders stores of what memory begins with, by plain accesses: a store for each value, a loop for each array. */
public final class InitialStores {
    /** In place of the length of an array that is sized when it is allocated, where there is none. */
    public static final CodeBlock NO_LENGTH = CodeBlock.of("");

    private static final String COUNTERS = "ijklmnop";

    private final boolean zeros;
    private final IntFunction<String> counters;
    private final CodeBlock length;

    /**
     * @param zeros whether zeros are stored too
     * @param counters the variable that counts an array's elements, by how many arrays are around it
     * @param length how many elements an array has that is sized when it is allocated
     */
    InitialStores(boolean zeros, IntFunction<String> counters, CodeBlock length) {
        this.zeros = zeros;
        this.counters = counters;
        this.length = length;
    }

    /**
     * To memory that is zero, in a method where nothing else has a name that is a letter.
     *
     * @param length how many elements an array has that is sized when it is allocated
     */
    public static CodeBlock toZeroedMemory(InitialValue value, CodeBlock address, CodeBlock length) {
        return new InitialStores(false, InitialStores::counter, length).store(value, address);
    }

    private static String counter(int depth) {
        return depth < COUNTERS.length() ? COUNTERS.substring(depth, depth + 1) : "i" + depth;
    }

    /** To where an address leads. */
    CodeBlock store(InitialValue value, CodeBlock address) {
        return store(value, address, 0);
    }

    private CodeBlock store(InitialValue value, CodeBlock address, int depth) {
        return value.isZero() && !zeros ? CodeBlock.of("") : value.match(new Stores(address, depth));
    }

    private final class Stores implements InitialValue.Cases<CodeBlock> {
        private final CodeBlock address;
        private final int depth;

        Stores(CodeBlock address, int depth) {
            this.address = address;
            this.depth = depth;
        }

        @Override
        public CodeBlock scalar(InitialValue.OfScalar scalar) {
            return CodeBlock.builder()
                    .addStatement(MemoryAccess.write(scalar.type(), address, held(scalar)))
                    .build();
        }

        @Override
        public CodeBlock array(InitialValue.OfArray array) {
            String counter = counters.apply(depth);
            long size = array.element().type().size(Abi.LP64);
            CodeBlock element = size == 1
                    ? CodeBlock.of("$L + $L", address, counter)
                    : CodeBlock.of("$L + $L * $L", address, size, counter);
            return CodeBlock.builder()
                    .beginControlFlow(
                            "for (int $L = 0; $L < $L; $L++)",
                            counter,
                            counter,
                            array.type().sized()
                                    ? length
                                    : CodeBlock.of("$L", array.type().length()),
                            counter)
                    .add(store(array.element(), element, depth + 1))
                    .endControlFlow()
                    .build();
        }

        @Override
        public CodeBlock struct(InitialValue.OfStruct struct) {
            CodeBlock.Builder code = CodeBlock.builder();
            for (Field field : struct.type().fields()) {
                long offset = struct.type().offset(field, Abi.LP64);
                CodeBlock place = offset == 0 ? address : CodeBlock.of("$L + $L", address, offset);
                code.add(store(struct.field(field), place, depth));
            }
            return code.build();
        }
    }

    /** A literal is an int, which Java does not narrow for an argument. */
    private static Rendered held(InitialValue.OfScalar scalar) {
        Rendered literal = ConstantRenderer.render(new Value.Constant(scalar.type(), scalar.value()));
        return switch (JavaType.of(scalar.type())) {
            case I8 -> Rendered.cast(byte.class, literal);
            case I16 -> Rendered.cast(short.class, literal);
            default -> literal;
        };
    }
}
