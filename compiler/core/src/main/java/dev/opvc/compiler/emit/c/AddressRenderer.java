// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.c;

import dev.opvc.compiler.model.Address;
import dev.opvc.compiler.model.Expr;
import dev.opvc.compiler.model.Place;
import dev.opvc.compiler.model.ScalarType;
import dev.opvc.compiler.vector.Role;
import java.util.ArrayList;
import java.util.List;

/** Addresses that operations work on. */
final class AddressRenderer {
    private final LocalNames names;
    private final ExpressionRenderer expressions;
    private final MemberRenderer members;

    AddressRenderer(LocalNames names, ExpressionRenderer expressions) {
        this.names = names;
        this.expressions = expressions;
        this.members = new MemberRenderer(expressions);
    }

    /** A cell's memory, as an operation of a role uses it. */
    CExpression cell(Address.OfCell cell, Role role) {
        boolean normalized = role == Role.WRITE && isReadTruth(cell);
        return CExpression.primary("cells->" + (normalized ? names.ofNormalized(cell) : names.of(cell)));
    }

    /** Whether a cell's value is a truth value that was read, of which a store writes 0 or 1. */
    static boolean isReadTruth(Address.OfCell cell) {
        return cell.value() instanceof Expr.PreparedValue && cell.value().type() == ScalarType.BOOL;
    }

    /** An operand of an operation of a role. */
    CExpression render(Address address, Role role) {
        return address instanceof Address.OfCell cell ? CExpression.prefix("&", cell(cell, role)) : render(address);
    }

    /** An address that is not a cell's. */
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
        boolean valid = place.pointer() instanceof Expr.ParameterValue value
                && value.parameter().perCpu();
        return valid
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
