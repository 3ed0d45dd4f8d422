// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.model;

import dev.opvc.compiler.language.Identifier;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A parameter of a unit. Parameters are compared by identity.
 *
 * <p>A per-CPU parameter's type is a pointer to its struct: in the unit, it is the address of one CPU's slot. If its slots
 * end in an array whose length was given when they were allocated, that length is a parameter too. It is none of its
 * unit's own, because it comes with the slots.
 */
public final class Parameter {
    /** The type of the length of an array that was given one when it was allocated. */
    public static final ScalarType LENGTH_TYPE = ScalarType.U32;

    private final Identifier identifier;
    private final Type type;
    private final boolean perCpu;
    private final OptionalLong max;
    private final @Nullable Parameter slot;
    private final @Nullable Parameter length;

    /**
     * @param max the largest value of a parameter that is declared with one: it may be a length
     */
    public Parameter(Identifier identifier, Type type, boolean perCpu, OptionalLong max) {
        this.identifier = identifier;
        this.type = type;
        this.perCpu = perCpu;
        this.max = max;
        this.slot = null;
        this.length = perCpu ? struct().tail().map(this::lengthOf).orElse(null) : null;
    }

    private Parameter(Parameter slot, Field tail) {
        this.identifier = new Identifier(
                "length(" + slot.name() + "->" + tail.name() + ")",
                slot.identifier().span());
        this.type = LENGTH_TYPE;
        this.perCpu = false;
        this.max = OptionalLong.of(((ArrayType) tail.type()).length());
        this.slot = slot;
        this.length = null;
    }

    private Parameter lengthOf(Field tail) {
        return new Parameter(this, tail);
    }

    public String name() {
        return identifier.text();
    }

    public Identifier identifier() {
        return identifier;
    }

    public Type type() {
        return type;
    }

    public boolean perCpu() {
        return perCpu;
    }

    public OptionalLong max() {
        return max;
    }

    /** How many elements the array at the end of its slots has, if that was given when they were allocated. */
    public Optional<Parameter> length() {
        return Optional.ofNullable(length);
    }

    /** The per-CPU parameter of whose slots it is the length. */
    public Optional<Parameter> lengthOf() {
        return Optional.ofNullable(slot);
    }

    /** The struct of a per-CPU parameter. */
    public StructType struct() {
        return (StructType) ((PointerType) type).target();
    }
}
