// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.ast;

import dev.opvc.compiler.language.Identifier;
import dev.opvc.compiler.source.Span;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A statement as written. */
public sealed interface Statement {
    Span span();

    /** {@code let name = value;} */
    record Let(Identifier name, Expression value, Span span) implements Statement {}

    /** {@code require condition else OUTCOME;} */
    record Require(Expression condition, Identifier outcome, Span span) implements Statement {}

    /**
     * {@code if condition then …}. {@code else if} is an {@code If} as the only statement of the other branch.
     *
     * @param otherwise null where there is no {@code else}: then {@code then} is guarded
     * @param braced whether {@code then} stands in braces
     * @param head from {@code if} to {@code then}
     */
    record If(
            Expression condition,
            List<Statement> then,
            @Nullable List<Statement> otherwise,
            boolean braced,
            Span head,
            Span span)
            implements Statement {
        public If {
            then = List.copyOf(then);
            otherwise = otherwise == null ? null : List.copyOf(otherwise);
        }
    }

    /** {@code barrier;} */
    record Barrier(Span span) implements Statement {}

    /** {@code target operator= value;} */
    record Assign(Expression target, AssignOperator operator, Expression value, Span span) implements Statement {}

    /** {@code target++;} or {@code target--;} */
    record Step(Expression target, boolean up, Span span) implements Statement {}

    /** {@code name(arguments);} */
    record Call(Expression.Call call, Span span) implements Statement {}

    /** What could not be parsed; it has been reported. */
    record Broken(Span span) implements Statement {}
}
