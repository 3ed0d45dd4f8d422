// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.differential;

import dev.opvc.compiler.model.ArrayType;
import dev.opvc.compiler.model.Field;
import dev.opvc.compiler.model.StructType;
import dev.opvc.compiler.model.Type;
import java.util.ArrayList;
import java.util.List;

/**
 * A place as it is written, but for its indices.
 *
 * @param text what to write, with {@value #HOLE} where an index belongs
 * @param holes the arrays that the indices lead into, in the order of the holes
 * @param endsInIndex whether the last thing written is an index
 */
record PlaceShape(String text, Type type, List<ArrayType> holes, boolean endsInIndex) {
    static final String HOLE = "[#]";

    /** All places that are reached from a pointer, without following another. */
    static List<PlaceShape> reachedFrom(String pointer, Type target) {
        List<PlaceShape> shapes = new ArrayList<>();
        shapes.add(new PlaceShape("*" + pointer, target, List.of(), false));
        if (target instanceof StructType struct) {
            for (Field field : struct.fields()) {
                if (struct.lengthField().filter(field::equals).isPresent()) {
                    continue;
                }
                add(new PlaceShape(pointer + "->" + field.name(), field.type(), List.of(), false), shapes);
            }
        }
        return shapes;
    }

    private static void add(PlaceShape shape, List<PlaceShape> shapes) {
        shapes.add(shape);
        if (shape.type instanceof StructType struct) {
            for (Field field : struct.fields()) {
                add(new PlaceShape(shape.text + "." + field.name(), field.type(), shape.holes, false), shapes);
            }
        } else if (shape.type instanceof ArrayType array) {
            List<ArrayType> holes = new ArrayList<>(shape.holes);
            holes.add(array);
            add(new PlaceShape(shape.text + HOLE, array.element(), holes, true), shapes);
        }
    }
}
