// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.model;

/**
 * A number of values, one behind the other.
 *
 * @param length how many; the most that there are where {@code sized} holds
 * @param sized whether the number is given when the array is allocated: it is the last field of a per-CPU struct then, or
 *     what is folded of such a one. There is at least one element
 */
public record ArrayType(Type element, long length, boolean sized) implements Type {
    /** The type of an array whose length is known when it is compiled. */
    public ArrayType(Type element, long length) {
        this(element, length, false);
    }

    /** The number of bytes that it has, or has at most. */
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
            lengths.append(array.sized ? "[max " : "[").append(array.length).append(']');
            innermost = array.element;
        }
        return innermost + lengths.toString();
    }
}
