// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.differential;

import dev.opvc.compiler.differential.SameWay.Answer;
import dev.opvc.compiler.model.Abi;
import dev.opvc.compiler.model.ByteCount;
import dev.opvc.compiler.model.PlaceExpr;
import dev.opvc.compiler.model.Type;
import dev.opvc.compiler.vector.Length;
import dev.opvc.runtime.Memory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the statements so far have written, for the rule of reads behind writes: what is read was not written before, or
 * is just what was written, with a value of its type, or lies within a struct or array that was assigned whole. Anything
 * else is a range error.
 */
final class WriteHistory {
    /**
     * Bytes that are read.
     *
     * @param place how the program leads there, if it does
     */
    record Read(Range range, Type type, @Nullable PlaceExpr place) {}

    /** What a write leaves. */
    private sealed interface Effect {}

    /** A value. */
    private record Stored(Type type) implements Effect {}

    /** Its own old value, changed. */
    private record Updated(Type type) implements Effect {}

    /**
     * What lay elsewhere.
     *
     * @param target where a struct or array was assigned, if one was
     * @param source from where, then
     */
    private record Copied(
            Range from,
            @Nullable PlaceExpr target,
            @Nullable PlaceExpr source) implements Effect {}

    /** What a struct or array begins with. */
    private record Initial(PlaceExpr target) implements Effect {}

    /** @param length empty if it is not known when it is compiled */
    private record Write(Range range, Optional<Length> length, Effect effect) {
        /** Whether what it leaves, if it is just what is read, is a value of the type that is read. */
        boolean canBe(Type type) {
            if (length.isEmpty() || effect instanceof Initial) {
                return false;
            }
            for (Abi abi : Abi.values()) {
                if (length.get().max(abi) != type.size(abi)) {
                    return false;
                }
            }
            return effect instanceof Stored stored
                    ? haveSameBytes(stored.type, type)
                    : !(effect instanceof Updated updated) || haveSameBytes(updated.type, type);
        }

        private static boolean haveSameBytes(Type a, Type b) {
            return a.equals(b) || Evaluator.movesBytes(a, b);
        }
    }

    private final List<Write> writes = new ArrayList<>();
    private boolean computed;

    void stored(Range range, Type type) {
        writes.add(new Write(range, Optional.of(new Length.OfType(type)), new Stored(type)));
    }

    void updated(Range range, Type type) {
        writes.add(new Write(range, Optional.of(new Length.OfType(type)), new Updated(type)));
    }

    /** What one place held was assigned to another. */
    void assigned(PlaceExpr target, Range range, PlaceExpr source, Range from) {
        boolean whole = !target.type().isValue();
        writes.add(new Write(
                range,
                Optional.of(new Length.OfType(target.type())),
                new Copied(from, whole ? target : null, whole ? source : null)));
    }

    /** A struct or array was set back. */
    void reset(PlaceExpr target, Range range) {
        writes.add(new Write(range, Optional.of(new Length.OfType(target.type())), new Initial(target)));
    }

    void copied(Range range, Range from, ByteCount count) {
        Optional<Length> length = count instanceof ByteCount.Known known
                ? Optional.of(new Length.Fixed(known.lp64(), known.ilp32()))
                : Optional.empty();
        computed |= count instanceof ByteCount.Computed;
        writes.add(new Write(range, length, new Copied(from, null, null)));
    }

    /**
     * Whether a read is a range error.
     *
     * @throws Skipped where the language does not say
     */
    boolean isRangeError(Read read) {
        if (dependsOnOtherBytes(read, writes.size())) {
            // A length that is computed may be known all the same, to a compiler that sees through it.
            if (computed) {
                throw new Skipped(Skipped.OVERLAP);
            }
            return true;
        }
        if (mayDependOnOtherBytes(read, writes.size())) {
            throw new Skipped(Skipped.OVERLAP);
        }
        return false;
    }

    /** Follows a value back through the writes before an end that made it. */
    private boolean dependsOnOtherBytes(Read read, int end) {
        for (int i = end - 1; i >= 0; i--) {
            Write write = writes.get(i);
            if (!write.range.overlaps(read.range)) {
                continue;
            }
            if (write.effect instanceof Initial initial) {
                return switch (within(initial, read)) {
                    case NO -> true;
                    case YES -> false;
                    case UNKNOWN -> throw new Skipped(Skipped.OVERLAP);
                };
            }
            if (write.range.equals(read.range)) {
                return !write.canBe(read.type)
                        || (write.effect instanceof Copied copied && dependsOnOtherBytes(origin(read, copied), i))
                        || (write.effect instanceof Updated && dependsOnOtherBytes(read, i));
            }
            return switch (within(write, read)) {
                case NO -> true;
                case YES -> readsWhatItWrites(write) || dependsOnOtherBytes(part(write, read), i);
                case UNKNOWN -> throw new Skipped(Skipped.OVERLAP);
            };
        }
        return false;
    }

    /** Whether a later block of a copy may find what an earlier one has written: a field of that is not what it was. */
    private static boolean readsWhatItWrites(Write write) {
        return write.range.length() > Memory.COPY_BLOCK_BYTES
                && write.effect instanceof Copied copied
                && copied.from.overlaps(write.range)
                && !copied.from.equals(write.range);
    }

    /** The same for all that the value could have been made of if addresses were others: a form may check that too. */
    private boolean mayDependOnOtherBytes(Read read, int end) {
        for (int i = end - 1; i >= 0; i--) {
            Write write = writes.get(i);
            boolean overlaps = write.range.overlaps(read.range);
            boolean same = write.range.equals(read.range);
            if (overlaps && write.effect instanceof Initial initial) {
                return within(initial, read) != Answer.YES;
            }
            if (overlaps && (same ? !write.canBe(read.type) : within(write, read) != Answer.YES)) {
                return true;
            }
            if (write.effect instanceof Copied copied
                    && write.canBe(read.type)
                    && mayDependOnOtherBytes(origin(read, copied), i)) {
                return true;
            }
            if (overlaps && !same && mayDependOnOtherBytes(part(write, read), i)) {
                return true;
            }
        }
        return false;
    }

    private static Read origin(Read read, Copied copied) {
        return new Read(copied.from, read.type, null);
    }

    private static Answer within(Initial initial, Read read) {
        return read.place == null ? Answer.UNKNOWN : SameWay.leadsThrough(initial.target, read.place);
    }

    private static Answer within(Write write, Read read) {
        return write.effect instanceof Copied copied && copied.target != null
                ? read.place == null ? Answer.UNKNOWN : SameWay.leadsThrough(copied.target, read.place)
                : Answer.NO;
    }

    /** Where a part of what was assigned whole came from. */
    private static Read part(Write write, Read read) {
        Copied copied = (Copied) write.effect;
        long offset = read.range.start() - write.range.start();
        Range range = new Range(copied.from.start() + offset, read.range.length());
        PlaceExpr target = copied.target;
        PlaceExpr source = copied.source;
        if (target == null || source == null || read.place == null) {
            return new Read(range, read.type, null);
        }
        List<PlaceExpr.Selector> way = new ArrayList<>(source.selectors());
        way.addAll(read.place
                .selectors()
                .subList(target.selectors().size(), read.place.selectors().size()));
        return new Read(range, read.type, new PlaceExpr(source.pointer(), way, read.place.type(), read.place.origin()));
    }
}
