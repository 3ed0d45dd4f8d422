// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.java.types;

import dev.opvc.compiler.model.PointerType;
import dev.opvc.compiler.model.Type;

/** What Javadoc says about values of a type of OPV. */
public final class TypeDocs {
    private static final String VOWELS = "AEIOaeio";

    private TypeDocs() {}

    /** A value that is given back. */
    public static String value(Type type) {
        if (type instanceof PointerType pointer) {
            return "the address of " + withArticle(pointer.target());
        }
        return JavaType.of(type).isBitPattern() ? code(type) + ", as a bit pattern" : code(type);
    }

    /** A value that is passed. */
    public static String argument(Type type) {
        JavaType javaType = JavaType.of(type);
        return javaType.isMasked() ? code(type) + "; the low " + javaType.width() + " bits count" : value(type);
    }

    public static String withArticle(Type type) {
        String name = type.toString();
        return (VOWELS.indexOf(name.charAt(0)) >= 0 ? "an " : "a ") + code(type);
    }

    private static String code(Type type) {
        return "{@code " + type + "}";
    }
}
