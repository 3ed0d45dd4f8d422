// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.differential;

import dev.opvc.compiler.model.Abi;
import dev.opvc.compiler.model.ArrayType;
import dev.opvc.compiler.model.Field;
import dev.opvc.compiler.model.StructType;
import dev.opvc.compiler.model.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/** A value in a struct or array that is not made of others. */
record Leaf(int offset, Type type) {
    /** The values that a type is made of. */
    static List<Leaf> of(Type type) {
        List<Leaf> leaves = new ArrayList<>();
        visit(type, 0, (each, offset) -> {
            if (each.isValue()) {
                leaves.add(new Leaf(offset, each));
            }
        });
        return leaves;
    }

    /** Visits a type that lies at an offset, and all that it is made of. */
    static void visit(Type type, int offset, BiConsumer<Type, Integer> visitor) {
        visitor.accept(type, offset);
        if (type instanceof StructType struct) {
            for (Field field : struct.fields()) {
                visit(field.type(), offset + (int) struct.offset(field, Abi.LP64), visitor);
            }
        } else if (type instanceof ArrayType array) {
            int size = (int) array.element().size(Abi.LP64);
            for (int i = 0; i < array.length(); i++) {
                visit(array.element(), offset + i * size, visitor);
            }
        }
    }
}
