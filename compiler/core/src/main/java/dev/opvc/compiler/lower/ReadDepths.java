// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.lower;

import dev.opvc.compiler.model.Address;
import dev.opvc.compiler.model.Binding;
import dev.opvc.compiler.model.Expr;
import dev.opvc.compiler.model.Place;
import dev.opvc.compiler.model.Prepared;
import java.util.HashMap;
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
        if (expr instanceof Expr.Conversion conversion) {
            return of(conversion.operand());
        }
        if (expr instanceof Expr.Unary unary) {
            return of(unary.operand());
        }
        if (expr instanceof Expr.Binary binary) {
            return Math.max(of(binary.left()), of(binary.right()));
        }
        if (expr instanceof Expr.Comparison comparison) {
            return Math.max(of(comparison.left()), of(comparison.right()));
        }
        if (expr instanceof Expr.Logical logical) {
            return Math.max(of(logical.left()), of(logical.right()));
        }
        if (expr instanceof Expr.Select select) {
            return Math.max(of(select.condition()), Math.max(of(select.then()), of(select.otherwise())));
        }
        if (expr instanceof Expr.SameAddress same) {
            return Math.max(of(same.left()), of(same.right()));
        }
        return expr instanceof Expr.Function function
                ? function.arguments().stream().mapToInt(this::of).max().orElse(NOT_READ)
                : NOT_READ;
    }

    /** The depth of what leads to a place: its pointer, and its indices. */
    int of(Place place) {
        int depth = of(place.pointer());
        for (Place.Selector selector : place.selectors()) {
            if (selector instanceof Place.IndexSelector index) {
                depth = Math.max(depth, of(index.index()));
            }
        }
        return depth;
    }

    private int of(Address address) {
        return address instanceof Address.OfPlace place
                ? of(place.place())
                : of(((Address.OfPointer) address).pointer());
    }
}
