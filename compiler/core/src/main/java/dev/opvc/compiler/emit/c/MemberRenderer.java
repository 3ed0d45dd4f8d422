// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.c;

import dev.opvc.compiler.vector.Value;
import dev.opvc.compiler.vector.Place;
import dev.opvc.compiler.model.ScalarType;
import java.util.List;

/** Members and elements of what is there and aligned, so that C's own operators are defined on it. */
final class MemberRenderer {
    /** Between a pointer and its first member. */
    static final String ARROW = "->";

    /** Between a struct and its first member. */
    static final String DOT = ".";

    private final ExpressionRenderer expressions;

    MemberRenderer(ExpressionRenderer expressions) {
        this.expressions = expressions;
    }

    /** What selectors lead to from a base. */
    CExpression render(String base, String firstSeparator, List<Place.Selector> selectors) {
        StringBuilder path = new StringBuilder(base);
        String separator = firstSeparator;
        for (Place.Selector selector : selectors) {
            if (selector instanceof Place.FieldSelector field) {
                path.append(separator).append(CNames.member(field.field()));
                separator = DOT;
            } else {
                path.append('[').append(index((Place.IndexSelector) selector)).append(']');
            }
        }
        return CExpression.primary(path.toString());
    }

    /** An index, which has been checked. */
    CExpression index(Place.IndexSelector selector) {
        boolean constant = selector.index() instanceof Value.Constant;
        return constant
                ? CLiterals.wide(ScalarType.U64, ((Value.Constant) selector.index()).value())
                : expressions.render(selector.index());
    }
}
