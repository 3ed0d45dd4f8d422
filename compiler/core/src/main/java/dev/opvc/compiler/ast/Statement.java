// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.ast;

import dev.opvc.compiler.language.Identifier;
import dev.opvc.compiler.source.Span;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A statement as written. */
public sealed interface Statement {
    Span span();

    /** Dispatches on the kind of statement. */
    <R> R match(Cases<R> cases);

    /**
     * What is done with each kind of statement.
     *
     * @param <R> what comes of it
     */
    interface Cases<R> {
        R let(Let let);

        R require(Require require);

        R conditional(If conditional);

        R barrier(Barrier barrier);

        R assign(Assign assign);

        R step(Step step);

        R reset(Reset reset);

        R call(Call call);

        R broken(Broken broken);
    }

    /** {@code let name = value;} */
    record Let(Identifier name, Expression value, Span span) implements Statement {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.let(this);
        }
    }

    /** {@code require condition else OUTCOME;} */
    record Require(Expression condition, Identifier outcome, Span span) implements Statement {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.require(this);
        }
    }

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

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.conditional(this);
        }
    }

    /** {@code barrier;} */
    record Barrier(Span span) implements Statement {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.barrier(this);
        }
    }

    /** {@code target operator= value;} */
    record Assign(Expression target, AssignOperator operator, Expression value, Span span) implements Statement {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.assign(this);
        }
    }

    /** {@code target++;} or {@code target--;} */
    record Step(Expression target, boolean up, Span span) implements Statement {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.step(this);
        }
    }

    /** {@code reset target;} */
    record Reset(Expression target, Span span) implements Statement {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.reset(this);
        }
    }

    /** {@code name(arguments);} */
    record Call(Expression.Call call, Span span) implements Statement {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.call(this);
        }
    }

    /** What could not be parsed; it has been reported. */
    record Broken(Span span) implements Statement {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.broken(this);
        }
    }
}
