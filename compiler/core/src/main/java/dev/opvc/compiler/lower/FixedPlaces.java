// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.lower;

import dev.opvc.compiler.model.Expr;
import dev.opvc.compiler.model.Parameter;
import dev.opvc.compiler.model.PlaceExpr;
import dev.opvc.compiler.vector.Place;
import dev.opvc.compiler.vector.Value;
import java.util.List;

/** Lowers places of a slot whose offset is known: nothing has to be read or checked to find them. */
final class FixedPlaces {
    private FixedPlaces() {}

    /** The place, which {@link PlaceExpr#isInSlot} and {@link PlaceExpr#hasKnownOffset}. */
    static Place of(PlaceExpr place) {
        List<Place.Selector> selectors =
                place.selectors().stream().map(FixedPlaces::selector).toList();
        Parameter slot = ((Expr.ParameterValue) place.pointer()).parameter();
        return new Place(new Value.OfParameter(slot), selectors, place.type());
    }

    private static Place.Selector selector(PlaceExpr.Selector selector) {
        return selector.match(new PlaceExpr.SelectorCases<>() {
            @Override
            public Place.Selector field(PlaceExpr.FieldSelector field) {
                return new Place.FieldSelector(field.struct(), field.field());
            }

            @Override
            public Place.Selector index(PlaceExpr.IndexSelector index) {
                return new Place.IndexSelector(Value.Constant.of((Expr.Constant) index.index()), index.array());
            }
        });
    }
}
