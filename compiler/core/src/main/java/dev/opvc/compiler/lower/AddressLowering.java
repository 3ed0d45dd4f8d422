// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.lower;

import dev.opvc.compiler.diagnostic.Diagnostic;
import dev.opvc.compiler.diagnostic.DiagnosticCode;
import dev.opvc.compiler.diagnostic.Diagnostics;
import dev.opvc.compiler.language.Identifier;
import dev.opvc.compiler.model.Abi;
import dev.opvc.compiler.model.AddressExpr;
import dev.opvc.compiler.model.ArrayType;
import dev.opvc.compiler.model.ByteCount;
import dev.opvc.compiler.model.ConstantValue.IntegerValue;
import dev.opvc.compiler.model.Expr;
import dev.opvc.compiler.model.StructType;
import dev.opvc.compiler.model.Type;
import dev.opvc.compiler.source.Span;
import dev.opvc.compiler.vector.Address;
import dev.opvc.compiler.vector.Length;
import dev.opvc.compiler.vector.Place;
import dev.opvc.compiler.vector.Place.IndexSelector;
import dev.opvc.compiler.vector.RangeCheck;
import dev.opvc.compiler.vector.Value;
import dev.opvc.runtime.CpuOp;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;

/** Lowers what memcpy and raw operations work on: an address, and how many bytes from there. */
final class AddressLowering {
    private static final BigInteger LENGTH_MAX = BigInteger.valueOf(CpuOp.CPU_OP_DATA_LEN_MAX);

    /** What generated code calls a length that is computed. */
    private static final String LENGTH = "length";

    private final PathBuilder path;
    private final ValueLowering values;
    private final Diagnostics diagnostics;

    AddressLowering(PathBuilder path, ValueLowering values, Diagnostics diagnostics) {
        this.path = path;
        this.values = values;
        this.diagnostics = diagnostics;
    }

    /** A length that needs no more reads, with the check that it needs by itself. */
    Length length(ByteCount count) {
        if (count instanceof ByteCount.Known known) {
            return new Length.Fixed(known.lp64(), known.ilp32());
        }
        if (count instanceof ByteCount.OfParameter ofParameter) {
            if (ofParameter.parameter().lengthOf().isPresent()) {
                return computed(
                        new Value.OfParameter(ofParameter.parameter()),
                        ofParameter.parameter().max().orElseThrow());
            }
            path.check(new RangeCheck.WithinMax(ofParameter.parameter()));
            return new Length.OfParameter(ofParameter.parameter());
        }
        return computed(((ByteCount.Computed) count).value());
    }

    private static Length computed(Value value, long most) {
        return new Length.Computed(value, most, most);
    }

    /** Where no vector could be so long, an empty one: the unit is refused, and nobody sees which. */
    private Length computed(Expr expr) {
        Span span = expr.span();
        Value value = path.named(new Identifier(LENGTH, span), values.value(expr));
        Optional<BigInteger> lp64 = UpperBound.of(value, Abi.LP64, path::computedBy);
        Optional<BigInteger> ilp32 = UpperBound.of(value, Abi.ILP32, path::computedBy);
        if (lp64.isEmpty() || ilp32.isEmpty() || lp64.get().max(ilp32.get()).compareTo(LENGTH_MAX) > 0) {
            reportUnbounded(expr, lp64);
            return new Length.Fixed(0, 0);
        }
        long most = lp64.get().longValueExact();
        long mostOfNarrow = ilp32.get().longValueExact();
        return value instanceof Value.Constant
                ? new Length.Fixed(most, mostOfNarrow)
                : new Length.Computed(value, most, mostOfNarrow);
    }

    private void reportUnbounded(Expr expr, Optional<BigInteger> most) {
        String written = expr.span().excerpt();
        String why = most.map(bound -> "as far as is known it may be " + bound
                        + ", and no operation works on more than " + LENGTH_MAX + " bytes")
                .orElse("as far as is known it may be negative");
        diagnostics.report(Diagnostic.at(
                        expr.span(),
                        DiagnosticCode.BAD_CALL,
                        "the length `" + written + "` has no largest value that is known: " + why)
                .help("bound it: `min(n, 64)`, `n & 63` or `n % 64` of an unsigned `n`; or pass a parameter with a"
                        + " `max`: `u32 len max 64`"));
    }

    /** An address that needs no more reads, with the checks that it and a length from there need. */
    Address address(AddressExpr address, Length length) {
        return address.match(new AddressExpr.Cases<>() {
            @Override
            public Address ofPointer(AddressExpr.OfPointer pointer) {
                return new Address.OfPointer(values.value(pointer.pointer()));
            }

            @Override
            public Address ofPlace(AddressExpr.OfPlace place) {
                Place lowered = values.place(place.place());
                checkWithinPlace(lowered, length, place.place().origin().span());
                return new Address.OfPlace(lowered);
            }

            @Override
            public Address ofParameter(AddressExpr.OfParameter parameter) {
                return path.cell(values.value(parameter.value()));
            }
        });
    }

    /**
     * A place that ends in an index may run to its array's end, one that ends in a field to the field's, and a slot has
     * an end too. What another pointer points at, taken alone, has no end that is known.
     */
    private void checkWithinPlace(Place place, Length length, Span span) {
        List<Place.Selector> selectors = place.selectors();
        if (selectors.isEmpty() && !place.isInSlot()) {
            return;
        }
        if (place.givenLength().or(place::givenLengthAround).isPresent()) {
            checkWithinSized(place, length, span);
            return;
        }
        boolean ofElement = !selectors.isEmpty()
                && selectors.get(selectors.size() - 1) instanceof IndexSelector index
                && !(index.index() instanceof Value.Constant);
        if (ofElement) {
            checkWithinArray(place, length, (IndexSelector) selectors.get(selectors.size() - 1), span);
        } else {
            checkWithinKnown(place, length, span);
        }
    }

    private void checkWithinKnown(Place place, Length length, Span span) {
        boolean fits = true;
        for (Abi abi : Abi.values()) {
            long room = room(place, abi);
            if (!length.isKnown()) {
                fits &= length.max(abi) <= room;
            } else if (length.max(abi) > room) {
                reportPastEnd(span, length.max(abi), room);
                return;
            }
        }
        if (!fits) {
            path.check(new RangeCheck.WithinPlace(length, place));
        }
    }

    /** An array that was given its length when it was allocated has one element at least, and the rest is asked. */
    private void checkWithinSized(Place place, Length length, Span span) {
        ArrayType array = sizedArray(place);
        boolean oneElement = true;
        for (Abi abi : Abi.values()) {
            if (length.isKnown() && length.max(abi) > array.size(abi)) {
                reportPastEnd(span, length.max(abi), array.size(abi));
                return;
            }
            oneElement &= length.max(abi) <= array.element().size(abi);
        }
        if (!oneElement) {
            path.check(new RangeCheck.WithinPlace(length, place));
        }
    }

    private static ArrayType sizedArray(Place place) {
        return place.type() instanceof ArrayType array && array.sized()
                ? array
                : ((IndexSelector) place.selectors().get(place.selectors().size() - 1)).array();
    }

    private void checkWithinArray(Place place, Length length, IndexSelector index, Span span) {
        Type element = index.array().element();
        boolean oneElement = true;
        for (Abi abi : Abi.values()) {
            long whole = index.array().size(abi);
            if (length.isKnown() && length.max(abi) > whole) {
                reportPastEnd(span, length.max(abi), whole);
                return;
            }
            oneElement &= length.max(abi) <= element.size(abi);
        }
        if (!oneElement) {
            path.check(new RangeCheck.WithinPlace(length, place));
        }
    }

    private static long room(Place place, Abi abi) {
        List<Place.Selector> selectors = place.selectors();
        if (selectors.isEmpty() || !(selectors.get(selectors.size() - 1) instanceof IndexSelector index)) {
            return place.type() instanceof StructType struct
                    ? struct.reach(abi)
                    : place.type().size(abi);
        }
        long position = ((IntegerValue) ((Value.Constant) index.index()).value())
                .on(abi)
                .longValueExact();
        return (index.array().length() - position) * index.array().element().size(abi);
    }

    private void reportPastEnd(Span span, long length, long room) {
        diagnostics.report(Diagnostic.at(
                span,
                DiagnosticCode.OUT_OF_RANGE,
                length + " bytes reach past the end of this place, which has " + room + " from there"));
    }
}
