// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.lower;

import dev.opvc.compiler.model.Binding;
import dev.opvc.compiler.model.Expr;
import dev.opvc.compiler.model.Place;
import dev.opvc.compiler.model.Prepared;
import dev.opvc.compiler.model.Subexpressions;
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
    private final Map<Binding, Integer> bindings = new HashMap<>();

    void read(Prepared prepared, int depth) {
        reads.put(prepared, depth);
    }

    void bind(Binding binding) {
        bindings.put(binding, of(binding.value()));
    }

    /** The depth of the deepest value that one is made of. */
    int of(Expr expr) {
        if (expr instanceof Expr.PreparedValue value) {
            return reads.getOrDefault(value.prepared(), OF_READ);
        }
        if (expr instanceof Expr.BindingValue value) {
            return bindings.getOrDefault(value.binding(), NOT_READ);
        }
        return deepest(Subexpressions.of(expr));
    }

    /** The depth of what leads to a place. */
    int of(Place place) {
        return deepest(Subexpressions.of(place));
    }

    private int deepest(List<Expr> parts) {
        int depth = NOT_READ;
        for (Expr part : parts) {
            depth = Math.max(depth, of(part));
        }
        return depth;
    }
}
