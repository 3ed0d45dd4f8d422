// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.c;

import dev.opvc.compiler.vector.Address;
import dev.opvc.compiler.vector.Place;
import java.util.ArrayList;
import java.util.List;

/** Addresses of memory that is not a unit's own. */
final class AddressRenderer {
    private final ExpressionRenderer expressions;
    private final MemberRenderer members;

    AddressRenderer(ExpressionRenderer expressions) {
        this.expressions = expressions;
        this.members = new MemberRenderer(expressions);
    }

    /** Where a pointer leads, or a place lies. */
    CExpression render(Address address) {
        if (address instanceof Address.OfPointer pointer) {
            return expressions.render(pointer.pointer());
        }
        return render(((Address.OfPlace) address).place());
    }

    private CExpression render(Place place) {
        CExpression pointer = expressions.render(place.pointer());
        if (place.selectors().isEmpty()) {
            return pointer;
        }
        return place.isInSlot()
                ? CExpression.prefix("&", members.render(pointer.asOperand(), MemberRenderer.ARROW, place.selectors()))
                : offset(pointer, place.selectors());
    }

    /** Any other pointer may be null or lead nowhere, and the address is made all the same. */
    private CExpression offset(CExpression pointer, List<Place.Selector> selectors) {
        List<String> terms = new ArrayList<>();
        for (Place.Selector selector : selectors) {
            terms.add(
                    selector instanceof Place.FieldSelector field
                            ? "offsetof(" + CTypes.struct(field.struct()) + ", " + CNames.member(field.field()) + ")"
                            : elementOffset((Place.IndexSelector) selector));
        }
        return CExpression.call("opv_at", pointer, CExpression.primary(String.join(" + ", terms)));
    }

    private String elementOffset(Place.IndexSelector selector) {
        CExpression index = CExpression.cast("size_t", members.index(selector));
        return index + " * sizeof(" + CTypes.name(selector.array().element()) + ")";
    }
}
