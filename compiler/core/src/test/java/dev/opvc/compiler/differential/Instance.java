// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.differential;

import dev.opvc.compiler.model.Abi;
import dev.opvc.compiler.model.ArrayType;
import dev.opvc.compiler.model.StructType;
import java.util.List;

/** One instance of a per-CPU struct; there are several of each, as parameters of one struct may be one or two. */
record Instance(StructType struct, int number) {
    static final int PER_STRUCT = 2;

    /**
     * How many elements the array has that is given its length when it is allocated; 0 if the struct has none. Of two
     * instances one has as many as it may have.
     */
    int length() {
        long most =
                struct.tail().map(tail -> ((ArrayType) tail.type()).length()).orElse(0L);
        return (int) (most - number * (most / 2));
    }

    /** Bytes of a slot. */
    int size() {
        long ofElement = struct.tail()
                .map(tail -> ((ArrayType) tail.type()).element().size(Abi.LP64))
                .orElse(0L);
        return (int) (struct.size(Abi.LP64) + length() * ofElement);
    }

    /** The values that a slot holds. */
    List<Leaf> leaves() {
        return Leaf.of(struct).stream()
                .filter(leaf -> leaf.offset() + leaf.type().size(Abi.LP64) <= size())
                .toList();
    }

    @Override
    public String toString() {
        return struct + "#" + number;
    }
}
