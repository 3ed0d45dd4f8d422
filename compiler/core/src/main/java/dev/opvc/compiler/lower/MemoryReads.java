// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.lower;

import dev.opvc.compiler.ast.Identifier;
import dev.opvc.compiler.diagnostic.Diagnostic;
import dev.opvc.compiler.diagnostic.DiagnosticCode;
import dev.opvc.compiler.diagnostic.Diagnostics;
import dev.opvc.compiler.model.Address;
import dev.opvc.compiler.model.Binding;
import dev.opvc.compiler.model.Expr;
import dev.opvc.compiler.model.Length;
import dev.opvc.compiler.model.Place;
import dev.opvc.compiler.model.Place.FieldSelector;
import dev.opvc.compiler.model.Prepared;
import dev.opvc.compiler.source.Span;
import dev.opvc.compiler.vector.OpCode;
import dev.opvc.compiler.vector.Operation;
import dev.opvc.compiler.vector.Operation.Operand;
import dev.opvc.compiler.vector.Role;
import dev.opvc.runtime.CpuOp;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a place holds when a statement looks at it. Reads and guards run before all writes of their vector, wherever
 * they stand in the source: so a place that a statement before has written holds what was written there, and any other
 * is read in preparation.
 */
final class MemoryReads {
    private final PathBuilder path;
    private final ValueLowering values;
    private final Diagnostics diagnostics;

    /** The values that writes left, by name, so that an expression that grows with each write is computed once. */
    private final Map<Write, Expr> leftBy = new HashMap<>();

    MemoryReads(PathBuilder path, ValueLowering values, Diagnostics diagnostics) {
        this.path = path;
        this.values = values;
        this.diagnostics = diagnostics;
    }

    /** What generated code may call the value of a place. */
    static String nameOf(Place place) {
        for (int i = place.selectors().size() - 1; i >= 0; i--) {
            if (place.selectors().get(i) instanceof FieldSelector field) {
                return field.field().name();
            }
        }
        return place.pointer() instanceof Expr.ParameterValue value
                ? value.parameter().name() + "_value"
                : "value";
    }

    /** The value of a place at this statement; null and a report if it cannot be known. */
    @Nullable
    Expr value(Place place, String name, Span span) {
        return valueBefore(place, name, path.writes().size(), span);
    }

    /**
     * Whether a place holds at this statement what it held at the start, so that a guard can compare it. If not, what it
     * holds is its value; that there is none has been reported.
     */
    boolean isUntouched(Place place) {
        return lastTouch(place, path.writes().size()).isEmpty();
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

    private @Nullable Expr valueBefore(Place place, String name, int end, Span span) {
        Optional<Integer> touch = lastTouch(place, end);
        if (touch.isEmpty()) {
            return prepared(place, name, span);
        }
        Write write = path.writes().get(touch.get());
        if (write.operation() instanceof Operation.Barrier) {
            diagnostics.report(
                    Diagnostic.at(span, DiagnosticCode.READ_AFTER_BARRIER, "memory is read behind a `barrier;`")
                            .note(write.operation().span(), "the barrier")
                            .help("read it before the barrier, with `let`: reads run before all stores"));
            return null;
        }
        if (relation(write, place) != Aliasing.SAME) {
            diagnostics.report(Diagnostic.at(
                            span,
                            DiagnosticCode.NO_MEANING_YET,
                            "a read of memory that may have been written before has no meaning yet")
                    .note(write.operation().span(), "written here")
                    .help("read it before that store, with `let`, if it is meant to see the old value"));
            return null;
        }
        return valueLeftBy(touch.get(), place, name, span);
    }

    /** The last write before an end that a place may not be distinct from; a barrier stands for all memory. */
    private Optional<Integer> lastTouch(Place place, int end) {
        List<Write> writes = path.writes();
        // Operations over the limit are an error anyway; looking at each of many for each read would take long.
        for (int i = Math.min(end, CpuOp.CPU_OP_VEC_LEN_MAX) - 1; i >= 0; i--) {
            Write write = writes.get(i);
            if (write.operation() instanceof Operation.Barrier || relation(write, place) != Aliasing.DISTINCT) {
                return Optional.of(i);
            }
        }
        return Optional.empty();
    }

    private static Aliasing relation(Write write, Place place) {
        Operation operation = write.operation();
        return Aliasing.of(operation.operands().get(0).address(), operation.length(), place);
    }

    private @Nullable Expr valueLeftBy(int index, Place place, String name, Span span) {
        Write write = path.writes().get(index);
        Expr known = leftBy.get(write);
        if (known != null) {
            return known;
        }
        Expr value = effect(write.effect(), index, place, name, span);
        if (value == null) {
            return null;
        }
        Binding binding = new Binding(new Identifier(name, span), value);
        path.bind(binding, value);
        Expr bound = path.valueOf(binding).orElseThrow();
        leftBy.put(write, bound);
        return bound;
    }

    private @Nullable Expr effect(Write.Effect effect, int index, Place place, String name, Span span) {
        if (effect instanceof Write.Stored stored) {
            return stored.value();
        }
        if (effect instanceof Write.CopyOf copy) {
            return valueBefore(copy.source(), name, index, span);
        }
        if (effect instanceof Write.Updated updated) {
            Expr old = valueBefore(place, name, index, span);
            return old == null ? null : new Expr.Binary(updated.operator(), old, updated.value(), place.type());
        }
        values.reportNoMeaning(span, "a read of memory that was copied to before has no meaning yet");
        return null;
    }

    private @Nullable Expr prepared(Place place, String name, Span span) {
        if (isBehindReadPointer(place)) {
            values.reportNoMeaning(
                    span, "computing with what lies behind a pointer that is read from memory has no meaning yet");
            return null;
        }
        Optional<Prepared> known = path.read(place);
        if (known.isPresent()) {
            return new Expr.PreparedValue(known.get());
        }
        Prepared prepared = new Prepared(name, place);
        Expr value = new Expr.PreparedValue(prepared);
        path.read(
                prepared,
                new Operation.Compare(
                        OpCode.COMPARE_EQ,
                        new Operand("a", new Address.OfPlace(place), false),
                        new Operand("b", path.cell(value), false),
                        new Length.OfType(place.type()),
                        Role.VALIDATE,
                        span));
        return value;
    }
}
