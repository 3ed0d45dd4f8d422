// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.model;

/** An address of values of another type. */
public record PointerType(Type target) implements Type {
    @Override
    public long size(Abi abi) {
        return abi.pointerSize();
    }

    @Override
    public int alignment(Abi abi) {
        return abi.pointerSize();
    }

    @Override
    public String toString() {
        return target + (target instanceof PointerType ? "*" : " *");
    }
}
