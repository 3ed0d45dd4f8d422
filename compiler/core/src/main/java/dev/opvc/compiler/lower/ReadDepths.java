// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.lower;

import dev.opvc.compiler.vector.Local;
import dev.opvc.compiler.vector.Place;
import dev.opvc.compiler.vector.Prepared;
import dev.opvc.compiler.vector.Value;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How many pointers that were read from memory lead to a value: what is read by a load in preparation has none, what
 * lies behind that has one, and needs a loading vector, what lies behind that has two, and needs another.
 */
final class ReadDepths {
    /** Of values that are not made of anything in memory. */
    static final int NOT_READ = -1;

    /** Of what can be read where preparation stands. */
    static final int OF_READ = 0;

    private final Map<Prepared, Integer> reads = new HashMap<>();
    private final Map<Local, Integer> locals = new HashMap<>();

    void read(Prepared prepared, int depth) {
        reads.put(prepared, depth);
    }

    void bind(Local local, Value value) {
        locals.put(local, of(value));
    }

    /** The depth of the deepest value that one is made of. */
    int of(Value expr) {
        if (expr instanceof Value.OfPrepared value) {
            return reads.getOrDefault(value.prepared(), OF_READ);
        }
        if (expr instanceof Value.OfLocal value) {
            return locals.getOrDefault(value.local(), NOT_READ);
        }
        return deepest(expr.parts());
    }

    /** The depth of what leads to a place. */
    int of(Place place) {
        return deepest(place.parts());
    }

    private int deepest(List<Value> parts) {
        int depth = NOT_READ;
        for (Value part : parts) {
            depth = Math.max(depth, of(part));
        }
        return depth;
    }
}
