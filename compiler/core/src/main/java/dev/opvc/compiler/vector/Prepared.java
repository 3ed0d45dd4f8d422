// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.vector;

import dev.opvc.compiler.model.Type;

/**
 * A value that a transaction's preparation reads from memory: one relaxed load of the place's width. Its vector
 * compares the place with what was loaded, bit for bit, so that nothing is decided on a state that never was. Prepared
 * values are compared by identity.
 */
public final class Prepared {
    private final String name;
    private final Place place;

    /**
     * @param name what a reader of generated code may know it by; not unique
     * @param place where it lies; its address is known before it is read
     */
    public Prepared(String name, Place place) {
        this.name = name;
        this.place = place;
    }

    public String name() {
        return name;
    }

    public Place place() {
        return place;
    }

    public Type type() {
        return place.type();
    }
}
