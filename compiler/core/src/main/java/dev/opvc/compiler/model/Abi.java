// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.model;

/**
 * What a layout depends on: the size of a pointer. Everything else is the same on every machine, because scalars are
 * aligned to their own size.
 */
public enum Abi {
    LP64(8),
    ILP32(4);

    private final int pointerSize;

    Abi(int pointerSize) {
        this.pointerSize = pointerSize;
    }

    /** Bytes of a pointer, and of {@code uptr}. */
    public int pointerSize() {
        return pointerSize;
    }
}
