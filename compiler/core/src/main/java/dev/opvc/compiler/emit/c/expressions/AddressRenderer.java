// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.c.expressions;

import dev.opvc.compiler.emit.c.names.CNames;
import dev.opvc.compiler.emit.c.text.CExpression;
import dev.opvc.compiler.emit.c.types.CTypes;
import dev.opvc.compiler.vector.Address;
import dev.opvc.compiler.vector.Place;
import java.util.List;
import java.util.stream.Collectors;

/** Addresses of memory that is not a unit's own. */
public final class AddressRenderer {
    private final ExpressionRenderer expressions;
    private final MemberRenderer members;
    private final Kinds kinds = new Kinds();
    private final Offsets offsets = new Offsets();

    AddressRenderer(ExpressionRenderer expressions) {
        this.expressions = expressions;
        this.members = new MemberRenderer(expressions);
    }

    /** Where a pointer leads, or a place lies. */
    public CExpression render(Address address) {
        return address.match(kinds);
    }

    /** Where a place lies. */
    public CExpression render(Place place) {
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
        return CExpression.call("opv_at", pointer, sum(selectors));
    }

    /** How many bytes a place lies behind its pointer. */
    public CExpression renderOffset(Place place) {
        return place.selectors().isEmpty() ? CExpression.primary("0") : sum(place.selectors());
    }

    private CExpression sum(List<Place.Selector> selectors) {
        String sum = selectors.stream().map(selector -> selector.match(offsets)).collect(Collectors.joining(" + "));
        return CExpression.primary(sum);
    }

    private final class Kinds implements Address.Cases<CExpression> {
        private static final String OWN_MEMORY = "an operation works on a unit's own memory, and nothing else does: ";

        @Override
        public CExpression ofPointer(Address.OfPointer address) {
            return expressions.render(address.pointer());
        }

        @Override
        public CExpression ofPlace(Address.OfPlace address) {
            return render(address.place());
        }

        @Override
        public CExpression ofCell(Address.OfCell address) {
            throw new IllegalArgumentException(OWN_MEMORY + address);
        }

        @Override
        public CExpression ofCopy(Address.OfCopy address) {
            throw new IllegalArgumentException(OWN_MEMORY + address);
        }

        @Override
        public CExpression ofInitial(Address.OfInitial address) {
            throw new IllegalArgumentException(OWN_MEMORY + address);
        }
    }

    /** How many bytes a selector leads on. */
    private final class Offsets implements Place.SelectorCases<String> {
        @Override
        public String field(Place.FieldSelector field) {
            return "offsetof(" + CTypes.struct(field.struct()) + ", " + CNames.member(field.field()) + ")";
        }

        @Override
        public String index(Place.IndexSelector selector) {
            CExpression index = CExpression.cast("size_t", members.index(selector));
            return index + " * sizeof(" + CTypes.name(selector.array().element()) + ")";
        }
    }
}
