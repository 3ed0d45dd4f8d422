// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.c.forms;

import dev.opvc.compiler.emit.c.expressions.ExpressionRenderer;
import dev.opvc.compiler.emit.c.expressions.MemberRenderer;
import dev.opvc.compiler.emit.c.names.QueryLocalNames;
import dev.opvc.compiler.emit.c.names.UnitNames;
import dev.opvc.compiler.emit.c.text.CComment;
import dev.opvc.compiler.emit.c.text.CExpression;
import dev.opvc.compiler.emit.c.text.CText;
import dev.opvc.compiler.emit.c.types.CTypes;
import dev.opvc.compiler.emit.c.types.InitialText;
import dev.opvc.compiler.emit.c.types.RawBits;
import dev.opvc.compiler.model.Abi;
import dev.opvc.compiler.model.ArrayType;
import dev.opvc.compiler.model.ScalarType;
import dev.opvc.compiler.model.Type;
import dev.opvc.compiler.vector.Address;
import dev.opvc.compiler.vector.Place;
import dev.opvc.compiler.vector.QueryUnit;
import dev.opvc.compiler.vector.Role;
import dev.opvc.compiler.vector.SlotCopy;
import java.util.List;
import java.util.stream.Collectors;

/** The struct to which a query copies what it needs of one CPU's slots, and how that is read. */
final class QueryCells implements OwnMemory {
    private static final String INITIAL = "initial";

    private final QueryUnit query;
    private final UnitNames names;
    private final QueryLocalNames locals;
    private final MemberRenderer members;

    QueryCells(NamedQuery named, ExpressionRenderer expressions) {
        this.query = named.query();
        this.names = named.names();
        this.locals = named.locals();
        this.members = new MemberRenderer(expressions);
    }

    void write(CText text) {
        CComment.write(text, List.of("What " + names.function() + "() copies of one CPU's slots."));
        text.open("struct " + names.cellsTag());
        for (SlotCopy copy : query.copies()) {
            for (Place place : copy.places()) {
                boolean first = place.equals(copy.places().get(0));
                Type type = stored(place.type());
                String alignment = first || CTypes.needsAlignment(type) ? " OPV_ALIGNED_8" : "";
                text.line(CTypes.declare(type, locals.cell(place)) + alignment + ";");
            }
        }
        text.close("};");
        query.copies().stream().filter(copy -> copy.places().size() > 1).forEach(copy -> writeAssertions(copy, text));
    }

    /** Places that are copied together lie one behind the other. */
    private void writeAssertions(SlotCopy copy, CText text) {
        for (Place place : copy.places()) {
            text.line("OPV_ASSERT_OFFSET(struct " + names.cellsTag() + ", " + locals.cell(place) + ", "
                    + offset(copy, place, Abi.LP64) + ", " + offset(copy, place, Abi.ILP32) + ");");
        }
    }

    private long offset(SlotCopy copy, Place place, Abi abi) {
        long begin = 0;
        for (SlotCopy before : query.copies()) {
            if (before.number() < copy.number()) {
                begin = alignUp(begin + before.length(abi));
            }
        }
        return begin + copy.offset(place, abi);
    }

    private static long alignUp(long offset) {
        return (offset + Long.BYTES - 1) / Long.BYTES * Long.BYTES;
    }

    /** Any byte may stand for a truth value, but C's type for them has two. */
    private static Type stored(Type type) {
        if (type instanceof ArrayType array) {
            return new ArrayType(stored(array.element()), array.length());
        }
        return type == ScalarType.BOOL ? ScalarType.U8 : type;
    }

    @Override
    public CExpression cell(Address.OfCell cell, Role role) {
        return OwnMemory.NONE.cell(cell, role);
    }

    @Override
    public CExpression copy(Address.OfCopy copy) {
        return CExpression.prefix(
                "&", CExpression.primary("cells->" + locals.cell(copy.places().get(0))));
    }

    @Override
    public CExpression initial(Address.OfInitial initial) {
        Place first = initial.places().get(0);
        return CExpression.prefix("&", CExpression.primary(INITIAL + "." + locals.cell(first)));
    }

    /** Declares what all places that are copied begin with, for a function whose operations set them back. */
    List<String> initialValues() {
        if (query.resets().isEmpty()) {
            return List.of();
        }
        String values = query.copies().stream()
                .flatMap(copy -> copy.places().stream())
                .map(place -> InitialText.of(place.initialValue()))
                .collect(Collectors.joining(", "));
        return List.of("static const struct " + names.cellsTag() + " " + INITIAL + " = { " + values + " };");
    }

    /** The value of a place that was copied. */
    CExpression value(Place place) {
        SlotCopy copy = query.copyWith(place);
        Place around = copy.around(place);
        List<Place.Selector> within = place.selectors()
                .subList(around.selectors().size(), place.selectors().size());
        CExpression member = members.render("cells->" + locals.cell(around), MemberRenderer.DOT, within);
        if (place.type() != ScalarType.BOOL) {
            return member;
        }
        CExpression bits = RawBits.load(ScalarType.BOOL, CExpression.prefix("&", member));
        return RawBits.value(ScalarType.BOOL, bits);
    }
}
