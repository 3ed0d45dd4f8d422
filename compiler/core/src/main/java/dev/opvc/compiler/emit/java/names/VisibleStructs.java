// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.java.names;

import dev.opvc.compiler.model.ArrayType;
import dev.opvc.compiler.model.Field;
import dev.opvc.compiler.model.Parameter;
import dev.opvc.compiler.model.PointerType;
import dev.opvc.compiler.model.StructType;
import dev.opvc.compiler.model.Type;
import dev.opvc.compiler.vector.VectorProgram;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Set;

/** Finds the structs that a program declares, or reaches through its parameters and fields. */
public final class VisibleStructs {
    private VisibleStructs() {}

    /** In a fixed order: those that the file declares first, as it does. */
    static Set<StructType> of(VectorProgram program) {
        Set<StructType> found = new LinkedHashSet<>();
        Deque<Type> open = new ArrayDeque<>(program.structs());
        program.allUnits().stream()
                .flatMap(unit -> unit.parameters().stream())
                .map(Parameter::type)
                .forEach(open::add);
        while (!open.isEmpty()) {
            Type next = open.remove();
            if (next instanceof PointerType pointer) {
                open.add(pointer.target());
            } else if (next instanceof ArrayType array) {
                open.add(array.element());
            } else if (next instanceof StructType struct && found.add(struct)) {
                struct.fields().stream().map(Field::type).forEach(open::add);
            }
        }
        return Collections.unmodifiableSet(found);
    }
}
