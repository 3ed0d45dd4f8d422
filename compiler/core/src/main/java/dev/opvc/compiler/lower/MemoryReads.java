// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.lower;

import dev.opvc.compiler.diagnostic.Diagnostic;
import dev.opvc.compiler.diagnostic.DiagnosticCode;
import dev.opvc.compiler.diagnostic.Diagnostics;
import dev.opvc.compiler.language.Identifier;
import dev.opvc.compiler.model.Abi;
import dev.opvc.compiler.model.InitialValue;
import dev.opvc.compiler.model.Origin;
import dev.opvc.compiler.model.Type;
import dev.opvc.compiler.source.Span;
import dev.opvc.compiler.vector.Address;
import dev.opvc.compiler.vector.Length;
import dev.opvc.compiler.vector.Local;
import dev.opvc.compiler.vector.OpCode;
import dev.opvc.compiler.vector.Operation;
import dev.opvc.compiler.vector.Operation.Operand;
import dev.opvc.compiler.vector.Place;
import dev.opvc.compiler.vector.Prepared;
import dev.opvc.compiler.vector.RangeCheck;
import dev.opvc.compiler.vector.Role;
import dev.opvc.compiler.vector.Step;
import dev.opvc.compiler.vector.Value;
import dev.opvc.runtime.CpuOp;
import dev.opvc.runtime.Memory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a place holds when a statement looks at it. Reads and guards run before all writes of their vector, wherever
 * they stand in the source: so a place that a statement before has written holds what was written there, and any other
 * is read in preparation. Where it depends on addresses which of the two it is, both are found, and chosen from.
 */
final class MemoryReads {
    private final PathBuilder path;
    private final Diagnostics diagnostics;

    MemoryReads(PathBuilder path, Diagnostics diagnostics) {
        this.path = path;
        this.diagnostics = diagnostics;
    }

    /** What generated code may call the value of a place. */
    static String nameOf(Place place) {
        return place.lastField()
                .orElseGet(() -> place.pointer() instanceof Value.OfParameter value
                        ? value.parameter().name() + "_value"
                        : "value");
    }

    /**
     * The value of a place at this statement. If it cannot be known, that is reported, and some value stands for it.
     *
     * @param name what generated code may call it
     * @param span where it is read
     */
    Value value(Place place, String name, Span span) {
        return valueAfter(new PlaceAfter(place, path.writes().size()), name, span);
    }

    /**
     * Whether a place holds at this statement what it held at the start, so that a guard can compare it. If not, what it
     * holds is its value.
     */
    boolean isUntouched(Place place) {
        return lastTouch(new PlaceAfter(place, path.writes().size())).isEmpty();
    }

    /**
     * Whether it is known when it is compiled which writes, if any, a place has its value from, so that it takes no check
     * to find it.
     */
    boolean isCertain(Place place) {
        return isCertain(new PlaceAfter(place, path.writes().size()));
    }

    private boolean isCertain(PlaceAfter looked) {
        Optional<Integer> touch = lastTouch(looked);
        if (touch.isEmpty()) {
            return true;
        }
        Write write = path.writes().get(touch.get());
        if (write.operation() instanceof Operation.Barrier
                || relation(write, looked.place()) != Aliasing.SAME
                || !write.canBe(looked.place())) {
            return false;
        }
        if (write.effect() instanceof Write.Stored) {
            return true;
        }
        Place from = write.effect() instanceof Write.Updated ? looked.place() : write.source(looked.place());
        return isCertain(new PlaceAfter(from, touch.get()));
    }

    /** Whether the address of a place depends on a pointer that was read: what lies there may be gone. */
    boolean isBehindReadPointer(Place place) {
        return path.isReadFromMemory(place.pointer());
    }

    /** Whether an address depends on a pointer that was read. */
    boolean isBehindReadPointer(Address address) {
        if (address instanceof Address.OfPointer pointer) {
            return path.isReadFromMemory(pointer.pointer());
        }
        return address instanceof Address.OfPlace place && isBehindReadPointer(place.place());
    }

    private Value valueAfter(PlaceAfter looked, String name, Span span) {
        Optional<Integer> touch = lastTouch(looked);
        if (touch.isEmpty()) {
            return prepared(looked.place(), name, span);
        }
        PlaceAfter touched = new PlaceAfter(looked.place(), touch.get() + 1);
        Optional<Value> known = path.known(touched);
        if (known.isPresent()) {
            return known.get();
        }
        Value named = path.named(
                new Identifier(name, span), KnownValues.of(valueTouched(touched, name, span), new Origin(span)));
        path.know(touched, named);
        return named;
    }

    /** The last write that a place may not be distinct from; a barrier that is written stands for all memory. */
    private Optional<Integer> lastTouch(PlaceAfter looked) {
        List<Write> writes = path.writes();
        // Operations over the limit are an error anyway; looking at each of many for each read would take long.
        for (int i = Math.min(looked.writes(), CpuOp.CPU_OP_VEC_LEN_MAX) - 1; i >= 0; i--) {
            Write write = writes.get(i);
            if (write.operation() instanceof Operation.Barrier barrier
                    ? !barrier.release()
                    : relation(write, looked.place()) != Aliasing.DISTINCT) {
                return Optional.of(i);
            }
        }
        return Optional.empty();
    }

    private static Aliasing relation(Write write, Place place) {
        return Aliasing.of(write.address(), write.operation().length(), place);
    }

    /** The value of a place that the last of the writes before may have touched. */
    private Value valueTouched(PlaceAfter touched, String name, Span span) {
        Write write = path.writes().get(touched.writes() - 1);
        if (write.operation() instanceof Operation.Barrier) {
            diagnostics.report(
                    Diagnostic.at(span, DiagnosticCode.READ_AFTER_BARRIER, "memory is read behind a `barrier;`")
                            .note(write.operation().span(), "the barrier")
                            .help("read it before the barrier, with `let`: reads run before all stores"));
            return unknown(touched.place(), name, span);
        }
        Place place = touched.place();
        Aliasing relation = relation(write, place);
        if (relation == Aliasing.UNKNOWN) {
            return valueByAddress(touched, write, name, span);
        }
        if (write.effect() instanceof Write.Initial && relation != Aliasing.PARTLY) {
            Optional<Value> initial = initial(place);
            if (initial.isPresent()) {
                return initial.get();
            }
        }
        boolean whole = relation == Aliasing.SAME && write.canBe(place);
        boolean part = relation == Aliasing.WITHIN && write.effect() instanceof Write.CopyOf;
        if (!whole && !part) {
            reportOverwritten(span, write);
            return unknown(place, name, span);
        }
        return part ? partOfCopy(touched, write, name, span) : valueLeft(touched, write, name, span);
    }

    /** What a place begins with, if that is a value of its type: a copy may have been made of other bytes than a field's. */
    private static Optional<Value> initial(Place place) {
        InitialValue initial = place.initialValue();
        while (initial instanceof InitialValue.OfArray array) {
            initial = array.element();
        }
        return initial instanceof InitialValue.OfScalar scalar && scalar.type().equals(place.type())
                ? Optional.of(new Value.Constant(scalar.type(), scalar.value()))
                : Optional.empty();
    }

    /** What stands for a value that cannot be known, for which the unit has been refused. */
    private static Value unknown(Place place, String name, Span span) {
        return new Value.OfLocal(new Local(new Identifier(name, span), place.type()));
    }

    private void reportOverwritten(Span span, Write write) {
        diagnostics.report(Diagnostic.at(
                        span,
                        DiagnosticCode.MAY_BE_OVERWRITTEN,
                        "memory is read that has been written before as other bytes than these, so that its value is"
                                + " not known before the vector runs")
                .note(write.operation().span(), "written here")
                .help("read it before that statement, with `let`, if the old value is meant;"
                        + " if the new one is, use what was written"));
    }

    /** What is written may be the place, or lie apart from it; which of the two is found out before the first store. */
    private Value valueByAddress(PlaceAfter touched, Write write, String name, Span span) {
        Place place = touched.place();
        Value old = valueAfter(touched.before(), name, span);
        boolean mayBeSame = write.canBe(place);
        path.check(new RangeCheck.Apart(write.address(), write.operation().length(), place, mayBeSame));
        if (!mayBeSame) {
            return old;
        }
        Value left = valueLeft(touched, write, name, span);
        Value same = new Value.SameAddress(write.address(), new Address.OfPlace(place));
        return new Value.Select(same, left, old);
    }

    /** What a write leaves in a place that it writes, and nothing else. */
    private Value valueLeft(PlaceAfter touched, Write write, String name, Span span) {
        Place place = touched.place();
        if (write.effect() instanceof Write.Stored stored) {
            return as(place.type(), stored.value());
        }
        if (write.effect() instanceof Write.Updated updated) {
            Value old = valueAfter(touched.before(), name, span);
            return as(place.type(), updated.combined(old));
        }
        Place source = write.source(place);
        return valueAfter(new PlaceAfter(source, touched.before().writes()), name, span);
    }

    /**
     * A field or element of a struct or array that was copied whole, or bytes from its beginning on, to which fewer steps
     * may lead.
     */
    private Value partOfCopy(PlaceAfter touched, Write write, String name, Span span) {
        Place place = touched.place();
        Place source = ((Write.CopyOf) write.effect()).source();
        Place target = ((Address.OfPlace) write.address()).place();
        checkCopiedAtOnce(write, source);
        int depth = Math.min(target.selectors().size(), place.selectors().size());
        List<Place.Selector> way = new ArrayList<>(source.selectors());
        way.addAll(place.selectors().subList(depth, place.selectors().size()));
        Place part = new Place(source.pointer(), way, place.type());
        return valueAfter(new PlaceAfter(part, touched.before().writes()), name, span);
    }

    /** What is longer than a block is copied in several, of which a later one could read what an earlier one wrote. */
    private void checkCopiedAtOnce(Write write, Place source) {
        Length length = write.operation().length();
        boolean atOnce = true;
        for (Abi abi : Abi.values()) {
            atOnce &= length.max(abi) <= Memory.COPY_BLOCK_BYTES;
        }
        Aliasing relation = Aliasing.of(write.address(), length, source);
        if (!atOnce && relation != Aliasing.DISTINCT && relation != Aliasing.SAME) {
            path.check(new RangeCheck.Apart(write.address(), length, source, true));
        }
    }

    /** A value with the same bytes. */
    static Value as(Type type, Value value) {
        return value.type().equals(type) ? value : new Value.Conversion(value, type);
    }

    /** Whether nobody has passed a pointer, or what it was made of, and so nobody answers for what lies there. */
    private static boolean isConstant(Value pointer) {
        Value made = pointer;
        while (made instanceof Value.Conversion conversion) {
            made = conversion.operand();
        }
        return made instanceof Value.Constant;
    }

    /**
     * What a place holds at the start. The memory behind a pointer that was read may be gone, and behind a null that was
     * stored never was any, though a guard may stand before it: a vector looks there.
     */
    private Value prepared(Place place, String name, Span span) {
        Optional<Prepared> known = path.read(place);
        if (known.isPresent()) {
            return new Value.OfPrepared(known.get());
        }
        Prepared prepared = new Prepared(name, place);
        Value value = new Value.OfPrepared(prepared);
        Address.OfCell cell = path.cell(value);
        boolean mayFault = isBehindReadPointer(place) || isConstant(place.pointer());
        Length length = new Length.OfType(place.type());
        Operation.Compare validation = new Operation.Compare(
                OpCode.COMPARE_EQ,
                new Operand("a", new Address.OfPlace(place), mayFault),
                new Operand("b", cell, false),
                length,
                Role.VALIDATE,
                span);
        if (!mayFault) {
            path.read(prepared, validation);
            return value;
        }
        Operation.Copy copy = new Operation.Copy(
                new Operand("dst", cell, false),
                new Operand("src", new Address.OfPlace(place), true),
                length,
                Role.LOAD,
                span);
        path.load(new Step.Loaded(prepared, cell, copy, validation));
        return value;
    }
}
