// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.model;

import dev.opvc.compiler.language.Identifier;
import java.util.OptionalLong;

/**
 * A parameter of a unit. Parameters are compared by identity.
 *
 * <p>A per-CPU parameter's type is a pointer to its struct: in the unit, it is the address of one CPU's slot.
 */
public final class Parameter {
    private final Identifier identifier;
    private final Type type;
    private final boolean perCpu;
    private final OptionalLong max;

    /**
     * @param max the largest value of a parameter that is declared with one: it may be a length
     */
    public Parameter(Identifier identifier, Type type, boolean perCpu, OptionalLong max) {
        this.identifier = identifier;
        this.type = type;
        this.perCpu = perCpu;
        this.max = max;
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

    /** The struct of a per-CPU parameter. */
    public StructType struct() {
        return (StructType) ((PointerType) type).target();
    }
}
