// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.differential;

import com.sun.jna.Pointer;
import dev.opvc.compiler.model.Abi;
import dev.opvc.compiler.model.ArrayType;
import dev.opvc.compiler.model.ScalarType;
import dev.opvc.compiler.model.StructType;
import dev.opvc.compiler.model.Type;
import dev.opvc.runtime.Memory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Memory that pointers lead to: some objects of each struct, some values of each scalar type, and room behind them. All
 * forms work on it, one after the other, so that addresses are the same for all.
 */
final class Arena implements AutoCloseable {
    private static final int OBJECTS = 3;
    private static final int SCALARS = 4;
    private static final int ALIGNMENT = 8;

    /** Bytes behind all objects, so that copies of some length from the last ones stay within. */
    private static final int SLACK = 128;

    private final long start;
    private final int size;
    private final List<Leaf> leaves;
    private final Map<Type, List<Long>> addresses;

    private Arena(long start, Layout layout) {
        this.start = start;
        this.size = layout.end + SLACK;
        this.leaves = List.copyOf(layout.leaves);
        this.addresses = Map.copyOf(layout.addresses(start));
    }

    /** Lays out objects of these structs; slots are no part of it. */
    static Arena of(List<StructType> structs) {
        Layout layout = new Layout();
        for (int i = 0; i < OBJECTS; i++) {
            structs.stream().filter(struct -> !struct.perCpu()).forEach(layout::append);
        }
        for (ScalarType type : ScalarType.values()) {
            layout.append(new ArrayType(type, SCALARS));
        }
        return new Arena(Memory.allocate(layout.end + SLACK), layout);
    }

    long start() {
        return start;
    }

    int size() {
        return size;
    }

    List<Leaf> leaves() {
        return leaves;
    }

    /** Where values of a type lie, as objects of their own or within others. */
    List<Long> addressesOf(Type type) {
        return addresses.getOrDefault(type, List.of());
    }

    void fill(Image image) {
        new Pointer(start).write(0, image.toBytes(), 0, size);
    }

    Image content() {
        return new Image(new Pointer(start).getByteArray(0, size));
    }

    @Override
    public void close() {
        Memory.free(start);
    }

    private static final class Layout {
        private final List<Leaf> leaves = new ArrayList<>();
        private final Map<Type, List<Integer>> offsets = new HashMap<>();
        private int end;

        void append(Type type) {
            end = (end + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
            Leaf.visit(type, end, (each, offset) -> {
                offsets.computeIfAbsent(each, first -> new ArrayList<>()).add(offset);
                if (each.isValue()) {
                    leaves.add(new Leaf(offset, each));
                }
            });
            end += (int) type.size(Abi.LP64);
        }

        Map<Type, List<Long>> addresses(long start) {
            Map<Type, List<Long>> result = new HashMap<>();
            offsets.forEach((type, all) ->
                    result.put(type, all.stream().map(offset -> start + offset).toList()));
            return result;
        }
    }
}
