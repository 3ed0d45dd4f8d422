// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.model;

/** A type whose size and alignment are known. Its {@code toString} is how the language writes it. */
public sealed interface Type permits ScalarType, PointerType, StructType, ArrayType {
    /** Bytes that a value takes, padding at its end included. */
    long size(Abi abi);

    /** Bytes to a multiple of which an address of a value is aligned. */
    int alignment(Abi abi);

    /** Whether values of it can be computed with: scalars and pointers, not structs and arrays. */
    default boolean isValue() {
        return this instanceof ScalarType || this instanceof PointerType;
    }
}
