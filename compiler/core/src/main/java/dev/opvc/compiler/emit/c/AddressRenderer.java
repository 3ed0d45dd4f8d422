// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.c;

import dev.opvc.compiler.model.Address;
import dev.opvc.compiler.model.Expr;
import dev.opvc.compiler.model.Place;
import dev.opvc.compiler.model.ScalarType;
import java.util.ArrayList;
import java.util.List;

/** Addresses that operations work on. */
final class AddressRenderer {
    private final LocalNames names;
    private final ExpressionRenderer expressions;

    AddressRenderer(LocalNames names, ExpressionRenderer expressions) {
        this.names = names;
        this.expressions = expressions;
    }

    /** Where a cell's value is. */
    CExpression cell(Address.OfCell cell) {
        return CExpression.primary("cells->" + names.of(cell));
    }

    CExpression render(Address address) {
        if (address instanceof Address.OfPointer pointer) {
            return expressions.render(pointer.pointer());
        }
        if (address instanceof Address.OfPlace place) {
            return render(place.place());
        }
        return CExpression.prefix("&", cell((Address.OfCell) address));
    }

    private CExpression render(Place place) {
        CExpression pointer = expressions.render(place.pointer());
        if (place.selectors().isEmpty()) {
            return pointer;
        }
        boolean valid = place.pointer() instanceof Expr.ParameterValue value
                && value.parameter().perCpu();
        return valid ? member(pointer, place.selectors()) : offset(pointer, place.selectors());
    }

    /** A slot is there and aligned: C's own operators are defined on it. */
    private CExpression member(CExpression slot, List<Place.Selector> selectors) {
        StringBuilder path = new StringBuilder(slot.asOperand());
        String separator = "->";
        for (Place.Selector selector : selectors) {
            if (selector instanceof Place.FieldSelector field) {
                path.append(separator).append(CNames.member(field.field()));
                separator = ".";
            } else {
                path.append('[').append(index((Place.IndexSelector) selector)).append(']');
            }
        }
        return CExpression.prefix("&", CExpression.primary(path.toString()));
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
        CExpression index = CExpression.cast("size_t", index(selector));
        return index + " * sizeof(" + CTypes.name(selector.array().element()) + ")";
    }

    private CExpression index(Place.IndexSelector selector) {
        boolean constant = selector.index() instanceof Expr.Constant;
        return constant
                ? CLiterals.wide(ScalarType.U64, ((Expr.Constant) selector.index()).value())
                : expressions.render(selector.index());
    }
}
