// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.vector;

import dev.opvc.compiler.source.Span;
import java.util.List;
import java.util.Optional;

/** One operation of a vector: a {@code struct cpu_op} whose operands still have types. */
public sealed interface Operation {
    /** Dispatches on the kind of operation. */
    <R> R match(Cases<R> cases);

    /**
     * What is done with each kind of operation.
     *
     * @param <R> what comes of it
     */
    interface Cases<R> {
        R compare(Compare compare);

        R copy(Copy copy);

        R add(Add add);

        R bitwise(Bitwise bitwise);

        R shift(Shift shift);

        R barrier(Barrier barrier);
    }

    OpCode code();

    Role role();

    /** What it was lowered from. */
    Span span();

    /** How many bytes it works on; a barrier has none. */
    Length length();

    /** The number that it works with, if its kind has one: what {@link OpCode.Shape#value} names. */
    default Optional<Value> number() {
        return Optional.empty();
    }

    /** The addresses that it works on, in the order in which they are checked for access. */
    List<Operand> operands();

    /** Whether memory that it works on may not be accessible, so that an engine has to find out before it does anything. */
    default boolean mayFault() {
        return operands().stream().anyMatch(operand -> operand.address().mayFault());
    }

    /**
     * An address in an operation.
     *
     * @param name its member in {@code struct cpu_op}: a, b, dst, src or p
     * @param expectFault whether a fault there means that a concurrent thread unmapped it, so that the caller retries
     */
    record Operand(String name, Address address, boolean expectFault) {}

    /** Stops the vector unless the bytes are equal, or differ. */
    record Compare(OpCode code, Operand a, Operand b, Length length, Role role, Span span) implements Operation {
        @Override
        public List<Operand> operands() {
            return List.of(a, b);
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.compare(this);
        }
    }

    /** Copies bytes. */
    record Copy(Operand dst, Operand src, Length length, Role role, Span span) implements Operation {
        @Override
        public OpCode code() {
            return OpCode.MEMCPY;
        }

        @Override
        public List<Operand> operands() {
            return List.of(dst, src);
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.copy(this);
        }
    }

    /** Adds a signed 64-bit count. */
    record Add(Operand p, Value count, Length length, Role role, Span span) implements Operation {
        @Override
        public OpCode code() {
            return OpCode.ADD;
        }

        @Override
        public List<Operand> operands() {
            return List.of(p);
        }

        @Override
        public Optional<Value> number() {
            return Optional.of(count);
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.add(this);
        }
    }

    /** Or, and, exclusive or with a 64-bit mask. */
    record Bitwise(OpCode code, Operand p, Value mask, Length length, Role role, Span span) implements Operation {
        @Override
        public List<Operand> operands() {
            return List.of(p);
        }

        @Override
        public Optional<Value> number() {
            return Optional.of(mask);
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.bitwise(this);
        }
    }

    /** Logical shift by an unsigned 32-bit count of bits. */
    record Shift(OpCode code, Operand p, Value bits, Length length, Role role, Span span) implements Operation {
        @Override
        public List<Operand> operands() {
            return List.of(p);
        }

        @Override
        public Optional<Value> number() {
            return Optional.of(bits);
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.shift(this);
        }
    }

    /**
     * Full memory barrier.
     *
     * @param release whether it stands for the order of the stores before it and the one behind it, and no more: plain
     *     code needs no full one then, and reads may stand behind it
     */
    record Barrier(boolean release, Span span) implements Operation {
        private static final Length NOTHING = new Length.Fixed(0, 0);

        @Override
        public OpCode code() {
            return OpCode.BARRIER;
        }

        @Override
        public Role role() {
            return Role.BARRIER;
        }

        @Override
        public Length length() {
            return NOTHING;
        }

        @Override
        public List<Operand> operands() {
            return List.of();
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.barrier(this);
        }
    }
}
