// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.vector;

import dev.opvc.compiler.model.ArrayType;
import dev.opvc.compiler.model.Binding;
import dev.opvc.compiler.model.Expr;
import dev.opvc.compiler.model.Fold;
import dev.opvc.compiler.model.ScalarType;
import dev.opvc.compiler.model.Type;

/**
 * What a fold has made of the CPUs looked at so far; compared by identity.
 *
 * <p>It begins with {@link #neutral()}. Of an array, each element does.
 */
public final class FoldedValue {
    private final Binding binding;
    private final Expr.Folded fold;

    /** @param binding the name by which expressions use it */
    public FoldedValue(Binding binding, Expr.Folded fold) {
        this.binding = binding;
        this.fold = fold;
    }

    /** The fold as written. */
    public Expr.Folded fold() {
        return fold;
    }

    public Fold function() {
        return fold.fold();
    }

    public Binding binding() {
        return binding;
    }

    public Type type() {
        return fold.type();
    }

    public boolean isArray() {
        return type() instanceof ArrayType;
    }

    /** Its type, or that of its elements. */
    public ScalarType scalar() {
        return (ScalarType) (type() instanceof ArrayType array ? array.element() : type());
    }

    /** How many elements it has; 1 if it is no array. */
    public long length() {
        return type() instanceof ArrayType array ? array.length() : 1;
    }

    /** What it, or each element, begins with. */
    public Expr.Constant neutral() {
        return function().neutral(scalar());
    }
}
