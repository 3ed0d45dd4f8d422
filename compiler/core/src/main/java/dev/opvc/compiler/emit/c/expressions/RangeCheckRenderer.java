// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.c.expressions;

import dev.opvc.compiler.emit.c.text.CExpression;
import dev.opvc.compiler.emit.c.types.CLiterals;
import dev.opvc.compiler.language.BinaryOperator;
import dev.opvc.compiler.model.Abi;
import dev.opvc.compiler.model.ArrayType;
import dev.opvc.compiler.model.Parameter;
import dev.opvc.compiler.model.StructType;
import dev.opvc.compiler.model.Type;
import dev.opvc.compiler.vector.Length;
import dev.opvc.compiler.vector.Place;
import dev.opvc.compiler.vector.RangeCheck;
import dev.opvc.compiler.vector.Value;
import java.util.List;
import java.util.Optional;

/** Range checks as conditions that hold where something is out of its range. */
public final class RangeCheckRenderer {
    private static final String BELOW = "opv_is_below";
    private static final String AT_MOST = "opv_is_at_most";

    private final ExpressionRenderer expressions;
    private final AddressRenderer addresses;
    private final LengthRenderer lengths;
    private final Failures failures = new Failures();

    public RangeCheckRenderer(ExpressionRenderer expressions) {
        this.expressions = expressions;
        this.addresses = expressions.addresses();
        this.lengths = new LengthRenderer(expressions);
    }

    /** Whether a check fails. */
    public CExpression renderFailure(RangeCheck check) {
        return check.match(failures);
    }

    private final class Failures implements RangeCheck.Cases<CExpression> {
        @Override
        public CExpression index(RangeCheck.Index check) {
            return notBelow(check.index(), CLiterals.count(check.length(), check.length()));
        }

        @Override
        public CExpression belowLength(RangeCheck.BelowLength check) {
            return notBelow(check.index(), expressions.render(new Value.OfParameter(check.length())));
        }

        @Override
        public CExpression shiftCount(RangeCheck.ShiftCount check) {
            CExpression width =
                    CLiterals.count(check.type().width(Abi.LP64), check.type().width(Abi.ILP32));
            return notBelow(check.bits(), width);
        }

        @Override
        public CExpression withinMax(RangeCheck.WithinMax check) {
            Parameter parameter = check.parameter();
            long max = parameter.max().orElseThrow();
            return not(
                    AT_MOST, expressions.renderUnsigned64(new Value.OfParameter(parameter)), CLiterals.count(max, max));
        }

        @Override
        public CExpression withinPlace(RangeCheck.WithinPlace check) {
            return not(AT_MOST, lengths.renderUnsigned64(check.length()), room(check.place()));
        }

        @Override
        public CExpression apart(RangeCheck.Apart check) {
            return not(
                    check.mayBeSame() ? "opv_are_same_or_apart" : "opv_are_apart",
                    addresses.render(check.written()),
                    lengths.renderSize(check.length()),
                    addresses.render(check.place()),
                    lengths.renderSize(new Length.OfType(check.place().type())));
        }

        @Override
        public CExpression divisor(RangeCheck.Divisor check) {
            Value divisor = check.divisor();
            Value zero = Value.Constant.zero(divisor.type());
            return expressions.render(new Value.Comparison(BinaryOperator.EQUAL, divisor, zero));
        }
    }

    private CExpression notBelow(Value value, CExpression limit) {
        return not(BELOW, expressions.renderUnsigned64(value), limit);
    }

    private static CExpression not(String function, CExpression... arguments) {
        return CExpression.not(CExpression.call(function, arguments));
    }

    /** Bytes from a place to the end of what it may run to. */
    private CExpression room(Place place) {
        List<Place.Selector> selectors = place.selectors();
        if (!selectors.isEmpty() && selectors.get(selectors.size() - 1) instanceof Place.IndexSelector last) {
            return roomFrom(last, place.givenLengthAround());
        }
        if (place.givenLength().isPresent()) {
            CExpression elements =
                    expressions.renderUnsigned64(place.givenLength().get());
            Type element = ((ArrayType) place.type()).element();
            return CExpression.infix(elements, "*", lengths.renderUnsigned64(new Length.OfType(element)));
        }
        return place.type() instanceof StructType struct && struct.tail().isPresent()
                ? CLiterals.count(struct.reach(Abi.LP64), struct.reach(Abi.ILP32))
                : lengths.renderUnsigned64(new Length.OfType(place.type()));
    }

    private CExpression roomFrom(Place.IndexSelector selector, Optional<Value> givenLength) {
        ArrayType array = selector.array();
        CExpression length = givenLength
                .map(expressions::renderUnsigned64)
                .orElseGet(() -> CExpression.primary("UINT64_C(" + array.length() + ")"));
        CExpression elements = CExpression.infix(length, "-", expressions.renderUnsigned64(selector.index()));
        return CExpression.infix(elements, "*", lengths.renderUnsigned64(new Length.OfType(array.element())));
    }
}
