// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.model;

import dev.opvc.compiler.language.BinaryOperator;
import dev.opvc.compiler.source.Span;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A statement of a transaction whose names are resolved and whose expressions are typed. */
public sealed interface Stmt {
    Span span();

    /** Dispatches on the kind of statement. */
    <R> R match(Cases<R> cases);

    /**
     * What is done with each kind of statement.
     *
     * @param <R> what comes of it
     */
    interface Cases<R> {
        R store(Store store);

        R update(Update update);

        R reset(Reset reset);

        R memcpy(Memcpy memcpy);

        R assignResult(AssignResult assign);

        R barrier(Barrier barrier);

        R let(Let let);

        R require(Require require);

        R guarded(Guarded guarded);

        R choice(Choice choice);

        R raw(Raw raw);
    }

    /**
     * {@code place = value;}, also of a whole struct or array. The value has the place's type.
     *
     * @param release whether who sees the value sees all that was stored before it: only of what one access stores
     */
    record Store(PlaceExpr place, Expr value, boolean release, Span span) implements Stmt {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.store(this);
        }
    }

    /** {@code place operator= value;}. The value has the place's type, but for a shift's count. */
    record Update(PlaceExpr place, BinaryOperator operator, Expr value, Span span) implements Stmt {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.update(this);
        }
    }

    /** {@code reset place;}, also of a whole struct or array. */
    record Reset(PlaceExpr place, Span span) implements Stmt {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.reset(this);
        }
    }

    /** {@code memcpy(dst, src, length);}. */
    record Memcpy(AddressExpr dst, AddressExpr src, ByteCount length, Span span) implements Stmt {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.memcpy(this);
        }
    }

    /** {@code result = value;}. */
    record AssignResult(Result result, Expr value, Span span) implements Stmt {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.assignResult(this);
        }
    }

    /** {@code barrier;}. */
    record Barrier(Span span) implements Stmt {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.barrier(this);
        }
    }

    /** {@code let name = value;}. */
    record Let(Binding binding, Expr value, Span span) implements Stmt {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.let(this);
        }
    }

    /** {@code require condition else OUTCOME;}. */
    record Require(Expr condition, Outcome outcome, Span span) implements Stmt {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.require(this);
        }
    }

    /**
     * {@code if condition then …} without {@code else}: unless the condition holds, the outcome is MISMATCH.
     *
     * @param span from {@code if} to {@code then}
     */
    record Guarded(Expr condition, Outcome outcome, List<Stmt> body, Span span) implements Stmt {
        public Guarded {
            body = List.copyOf(body);
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.guarded(this);
        }
    }

    /**
     * {@code if condition then { … } else { … }}.
     *
     * @param written where the condition is written
     */
    record Choice(Expr condition, List<Stmt> then, List<Stmt> otherwise, Span written, Span span) implements Stmt {
        public Choice {
            then = List.copyOf(then);
            otherwise = List.copyOf(otherwise);
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.choice(this);
        }
    }

    /**
     * One operation of a raw vector.
     *
     * @param word its name in the language, for instance {@code compare_eq}
     * @param addresses its addresses, in the order written
     * @param value what it adds, the mask, or the bits to shift by, in the member's type; null if it has none
     */
    record Raw(
            String word,
            List<RawAddress> addresses,
            @Nullable Expr value,
            ByteCount length,
            Span span) implements Stmt {
        public Raw {
            addresses = List.copyOf(addresses);
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.raw(this);
        }
    }

    /** An address in a raw vector, and whether it was written as {@code fault(address)}. */
    record RawAddress(AddressExpr address, boolean expectFault) {}
}
