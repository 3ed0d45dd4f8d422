// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.c;

import dev.opvc.compiler.model.ArrayType;
import dev.opvc.compiler.model.Field;
import dev.opvc.compiler.model.PointerType;
import dev.opvc.compiler.model.StructType;
import dev.opvc.compiler.model.Type;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The order in which C can be told of a file's structs. */
final class StructOrder {
    private final Set<StructType> declared;
    private final Set<StructType> entered = new HashSet<>();
    private final List<StructType> ordered = new ArrayList<>();

    private StructOrder(List<StructType> declared) {
        this.declared = Set.copyOf(declared);
    }

    /** The structs as declared, except that one stands behind those that it contains. */
    static List<StructType> definitions(List<StructType> declared) {
        StructOrder order = new StructOrder(declared);
        declared.forEach(order::add);
        return List.copyOf(order.ordered);
    }

    /** Those that a field of another points to before they are defined. */
    static List<StructType> forwardDeclarations(List<StructType> definitions) {
        Set<StructType> all = Set.copyOf(definitions);
        Set<StructType> defined = new HashSet<>();
        Set<StructType> needed = new LinkedHashSet<>();
        for (StructType struct : definitions) {
            defined.add(struct);
            for (Field field : struct.fields()) {
                if (pointee(field.type()) instanceof StructType target
                        && all.contains(target)
                        && !defined.contains(target)) {
                    needed.add(target);
                }
            }
        }
        return List.copyOf(needed);
    }

    private void add(StructType struct) {
        if (!declared.contains(struct) || !entered.add(struct)) {
            return;
        }
        struct.fields().stream()
                .map(field -> withoutLengths(field.type()))
                .filter(StructType.class::isInstance)
                .map(StructType.class::cast)
                .forEach(this::add);
        ordered.add(struct);
    }

    private static Type pointee(Type type) {
        Type target = withoutLengths(type);
        while (target instanceof PointerType pointer) {
            target = pointer.target();
        }
        return target;
    }

    private static Type withoutLengths(Type type) {
        return type instanceof ArrayType array ? withoutLengths(array.element()) : type;
    }
}
