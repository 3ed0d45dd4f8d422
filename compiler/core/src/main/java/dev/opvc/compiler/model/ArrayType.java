// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.model;

/** A fixed number of values, one behind the other. */
public record ArrayType(Type element, long length) implements Type {
    @Override
    public long size(Abi abi) {
        return element.size(abi) * length;
    }

    @Override
    public int alignment(Abi abi) {
        return element.alignment(abi);
    }

    /** Writes the lengths in the order in which they are indexed. */
    @Override
    public String toString() {
        StringBuilder lengths = new StringBuilder();
        Type innermost = this;
        while (innermost instanceof ArrayType array) {
            lengths.append('[').append(array.length).append(']');
            innermost = array.element;
        }
        return innermost + lengths.toString();
    }
}
