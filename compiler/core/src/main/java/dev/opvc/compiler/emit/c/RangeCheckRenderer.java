// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.c;

import dev.opvc.compiler.language.BinaryOperator;
import dev.opvc.compiler.model.Abi;
import dev.opvc.compiler.vector.Address;
import dev.opvc.compiler.model.ArrayType;
import dev.opvc.compiler.vector.Value;
import dev.opvc.compiler.model.Length;
import dev.opvc.compiler.model.Parameter;
import dev.opvc.compiler.vector.Place;
import dev.opvc.compiler.model.ConstantValue;
import dev.opvc.compiler.vector.RangeCheck;
import java.util.List;

/** Range checks as conditions that hold where all is well. */
final class RangeCheckRenderer {
    private static final String BELOW = "opv_is_below";
    private static final String AT_MOST = "opv_is_at_most";

    private final ExpressionRenderer expressions;
    private final LengthRenderer lengths;

    RangeCheckRenderer(ExpressionRenderer expressions) {
        this.expressions = expressions;
        this.lengths = new LengthRenderer(expressions);
    }

    CExpression render(RangeCheck check) {
        if (check instanceof RangeCheck.Index index) {
            return below(index.index(), CLiterals.count(index.length(), index.length()));
        }
        if (check instanceof RangeCheck.ShiftCount shift) {
            CExpression width =
                    CLiterals.count(shift.type().width(Abi.LP64), shift.type().width(Abi.ILP32));
            return below(shift.bits(), width);
        }
        if (check instanceof RangeCheck.WithinMax withinMax) {
            Parameter parameter = withinMax.parameter();
            long max = parameter.max().orElseThrow();
            return CExpression.call(
                    AT_MOST,
                    expressions.renderUnsigned64(new Value.OfParameter(parameter)),
                    CLiterals.count(max, max));
        }
        if (check instanceof RangeCheck.WithinPlace within) {
            return CExpression.call(AT_MOST, lengths.renderUnsigned64(within.length()), room(within.place()));
        }
        if (check instanceof RangeCheck.Apart apart) {
            return CExpression.call(
                    apart.mayBeSame() ? "opv_are_same_or_apart" : "opv_are_apart",
                    expressions.addresses().render(apart.written()),
                    lengths.renderSize(apart.length()),
                    expressions.addresses().render(new Address.OfPlace(apart.place())),
                    lengths.renderSize(new Length.OfType(apart.place().type())));
        }
        Value divisor = ((RangeCheck.Divisor) check).divisor();
        Value zero = new Value.Constant(divisor.type(), ConstantValue.IntegerValue.of(0));
        return expressions.render(new Value.Comparison(BinaryOperator.NOT_EQUAL, divisor, zero));
    }

    private CExpression below(Value value, CExpression limit) {
        return CExpression.call(BELOW, expressions.renderUnsigned64(value), limit);
    }

    /** Bytes from a place to the end of what it may run to. */
    private CExpression room(Place place) {
        List<Place.Selector> selectors = place.selectors();
        boolean element = !selectors.isEmpty() && selectors.get(selectors.size() - 1) instanceof Place.IndexSelector;
        if (!element) {
            return lengths.renderUnsigned64(new Length.OfType(place.type()));
        }
        Place.IndexSelector last = (Place.IndexSelector) selectors.get(selectors.size() - 1);
        ArrayType array = last.array();
        CExpression length = CExpression.primary("UINT64_C(" + array.length() + ")");
        CExpression elements = CExpression.infix(length, "-", expressions.renderUnsigned64(last.index()));
        return CExpression.infix(elements, "*", lengths.renderUnsigned64(new Length.OfType(array.element())));
    }
}
