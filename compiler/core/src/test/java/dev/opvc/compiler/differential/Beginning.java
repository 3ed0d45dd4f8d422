// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.differential;

import dev.opvc.compiler.model.Abi;
import dev.opvc.compiler.model.ArrayType;
import dev.opvc.compiler.model.Expr;
import dev.opvc.compiler.model.Field;
import dev.opvc.compiler.model.PlaceExpr;
import dev.opvc.compiler.model.PlaceExpr.FieldSelector;
import dev.opvc.compiler.model.ScalarType;
import dev.opvc.compiler.model.StructType;
import dev.opvc.compiler.model.Type;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What memory begins with: each value what the field says that leads to it, and zeros, also where there is no value. */
final class Beginning {
    private final SimulatedMemory memory;

    private Beginning(SimulatedMemory memory) {
        this.memory = memory;
    }

    /** Sets a place back, which lies at a range of memory. */
    static void store(PlaceExpr place, Range range, SimulatedMemory memory) {
        for (long at = range.start(); at < range.start() + range.length(); at++) {
            memory.store(at, Datum.of(ScalarType.BYTE, 0));
        }
        new Beginning(memory).store(place.type(), said(place.selectors()), range.start(), range.length());
    }

    /** What the last field on the way says, of itself or of what it is an array of. */
    private static Expr.@Nullable Constant said(List<PlaceExpr.Selector> way) {
        for (int i = way.size() - 1; i >= 0; i--) {
            if (way.get(i) instanceof FieldSelector field) {
                return field.field().initial();
            }
        }
        return null;
    }

    private void store(Type type, Expr.@Nullable Constant said, long start, long length) {
        if (type instanceof StructType struct) {
            for (Field field : struct.fields()) {
                long size = field.type().size(Abi.LP64);
                store(field.type(), field.initial(), start + struct.offset(field, Abi.LP64), size);
            }
        } else if (type instanceof ArrayType array) {
            long size = array.element().size(Abi.LP64);
            for (long at = 0; at < length; at += size) {
                store(array.element(), said, start + at, size);
            }
        } else if (said != null) {
            memory.store(start, Operators.constant(type, said.value()));
        }
    }
}
