// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.ast;

import dev.opvc.compiler.language.Identifier;
import dev.opvc.compiler.language.UnitKind;
import dev.opvc.compiler.source.Span;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Something with a name at the top level of a file. */
public sealed interface Declaration {
    Identifier name();

    /** The documentation comment before it, as written with its delimiters. */
    @Nullable
    String doc();

    Span span();

    /** True if a part of it could not be parsed: its name counts, its content does not. */
    boolean broken();

    /** Dispatches on the kind of declaration. */
    <R> R match(Cases<R> cases);

    /**
     * What is done with each kind of declaration.
     *
     * @param <R> what comes of it
     */
    interface Cases<R> {
        R constant(ConstDeclaration constant);

        R table(TableDeclaration table);

        R struct(StructDeclaration struct);

        R unit(UnitDeclaration unit);
    }

    /** {@code const NAME = value;} */
    record ConstDeclaration(
            Identifier name, Expression value, @Nullable String doc, Span span, boolean broken) implements Declaration {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.constant(this);
        }
    }

    /** {@code const NAME: type[] = { value, … };} */
    record TableDeclaration(
            Identifier name,
            TypeReference element,
            List<Expression> values,
            @Nullable String doc,
            Span span,
            boolean broken)
            implements Declaration {
        public TableDeclaration {
            values = List.copyOf(values);
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.table(this);
        }
    }

    /** {@code struct Name { … }} or {@code percpu struct Name { … }}. */
    record StructDeclaration(
            Identifier name,
            boolean perCpu,
            List<FieldDeclaration> fields,
            @Nullable String doc,
            Span span,
            boolean broken)
            implements Declaration {
        public StructDeclaration {
            fields = List.copyOf(fields);
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.struct(this);
        }
    }

    /** {@code type name[length]… = initial;} */
    record FieldDeclaration(
            TypeReference type,
            Identifier name,
            List<ArrayLength> lengths,
            @Nullable Expression initial,
            @Nullable String doc,
            Span span) {
        public FieldDeclaration {
            lengths = List.copyOf(lengths);
        }
    }

    /**
     * A transaction, a raw vector or a query.
     *
     * @param outcomes those that are declared; none where the body alone says
     */
    record UnitDeclaration(
            UnitKind kind,
            Identifier name,
            List<ParameterDeclaration> parameters,
            List<ResultDeclaration> results,
            List<Identifier> outcomes,
            List<Statement> body,
            @Nullable String doc,
            Span span,
            boolean broken)
            implements Declaration {
        public UnitDeclaration {
            parameters = List.copyOf(parameters);
            results = List.copyOf(results);
            outcomes = List.copyOf(outcomes);
            body = List.copyOf(body);
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.unit(this);
        }
    }

    /** {@code type name}, {@code percpu Type name} or {@code type name max bound}. */
    record ParameterDeclaration(
            boolean perCpu,
            TypeReference type,
            Identifier name,
            @Nullable Expression max,
            Span span) {}

    /** {@code type name[length]…} behind {@code returns}. */
    record ResultDeclaration(TypeReference type, Identifier name, List<ArrayLength> lengths, Span span) {
        public ResultDeclaration {
            lengths = List.copyOf(lengths);
        }
    }
}
