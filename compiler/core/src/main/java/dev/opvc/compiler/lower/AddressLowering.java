// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.lower;

import dev.opvc.compiler.diagnostic.Diagnostic;
import dev.opvc.compiler.diagnostic.DiagnosticCode;
import dev.opvc.compiler.diagnostic.Diagnostics;
import dev.opvc.compiler.model.Abi;
import dev.opvc.compiler.model.AddressExpr;
import dev.opvc.compiler.model.ConstantValue.IntegerValue;
import dev.opvc.compiler.model.Length;
import dev.opvc.compiler.model.Type;
import dev.opvc.compiler.source.Span;
import dev.opvc.compiler.vector.Address;
import dev.opvc.compiler.vector.Place;
import dev.opvc.compiler.vector.Place.IndexSelector;
import dev.opvc.compiler.vector.RangeCheck;
import dev.opvc.compiler.vector.Value;
import java.util.List;

/** Lowers what memcpy and raw operations work on: an address, and how many bytes from there. */
final class AddressLowering {
    private final PathBuilder path;
    private final ValueLowering values;
    private final Diagnostics diagnostics;

    AddressLowering(PathBuilder path, ValueLowering values, Diagnostics diagnostics) {
        this.path = path;
        this.values = values;
        this.diagnostics = diagnostics;
    }

    /** Adds the checks that a length needs by itself. */
    void length(Length length) {
        if (length instanceof Length.OfParameter ofParameter) {
            path.check(new RangeCheck.WithinMax(ofParameter.parameter()));
        }
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
            if (length instanceof Length.OfParameter) {
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

    private void checkWithinArray(Place place, Length length, IndexSelector index, Span span) {
        Type element = index.array().element();
        boolean oneElement = true;
        for (Abi abi : Abi.values()) {
            long whole = index.array().size(abi);
            if (!(length instanceof Length.OfParameter) && length.max(abi) > whole) {
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
            return place.type().size(abi);
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
