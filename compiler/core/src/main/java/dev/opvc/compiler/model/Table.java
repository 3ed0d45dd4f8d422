// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.model;

import dev.opvc.compiler.language.Identifier;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code const NAME: type[] = { … };}: constants of one type, found by index. Compared by identity. */
public final class Table {
    /** The type of what {@code bucket_of} gives. */
    public static final ScalarType INDEX_TYPE = ScalarType.U32;

    private final Identifier name;
    private final Namespace namespace;
    private final ScalarType element;
    private final List<Expr.Constant> values;
    private final @Nullable String doc;

    /**
     * @param namespace that of the file that declares it
     * @param values at least one, each of the element's type
     * @param doc the documentation comment as written, with its delimiters
     */
    public Table(
            Identifier name,
            Namespace namespace,
            ScalarType element,
            List<Expr.Constant> values,
            @Nullable String doc) {
        this.name = name;
        this.namespace = namespace;
        this.element = element;
        this.values = List.copyOf(values);
        this.doc = doc;
    }

    public Identifier name() {
        return name;
    }

    /** That of the file that declares it. */
    public Namespace namespace() {
        return namespace;
    }

    public ScalarType element() {
        return element;
    }

    public List<Expr.Constant> values() {
        return values;
    }

    public @Nullable String doc() {
        return doc;
    }

    /** How many elements it has. */
    public int length() {
        return values.size();
    }

    @Override
    public String toString() {
        return name.text();
    }
}
