// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.c.expressions;

import dev.opvc.compiler.emit.c.names.CNames;
import dev.opvc.compiler.emit.c.text.CExpression;
import dev.opvc.compiler.emit.c.types.CLiterals;
import dev.opvc.compiler.model.ScalarType;
import dev.opvc.compiler.vector.Place;
import dev.opvc.compiler.vector.Value;
import java.util.List;

/** Members and elements of what is there and aligned, so that C's own operators are defined on it. */
public final class MemberRenderer {
    /** Between a pointer and its first member. */
    public static final String ARROW = "->";

    /** Between a struct and its first member. */
    public static final String DOT = ".";

    private final ExpressionRenderer expressions;

    public MemberRenderer(ExpressionRenderer expressions) {
        this.expressions = expressions;
    }

    /** What selectors lead to from a base. */
    public CExpression render(String base, String firstSeparator, List<Place.Selector> selectors) {
        Path path = new Path(base, firstSeparator);
        selectors.forEach(selector -> selector.match(path));
        return CExpression.primary(path.text.toString());
    }

    /** An index, which has been checked. */
    CExpression index(Place.IndexSelector selector) {
        return selector.index() instanceof Value.Constant constant
                ? CLiterals.wide(ScalarType.U64, constant.value())
                : expressions.render(selector.index());
    }

    private final class Path implements Place.SelectorCases<Path> {
        private final StringBuilder text;
        private String separator;

        Path(String base, String firstSeparator) {
            this.text = new StringBuilder(base);
            this.separator = firstSeparator;
        }

        @Override
        public Path field(Place.FieldSelector field) {
            text.append(separator).append(CNames.member(field.field()));
            separator = DOT;
            return this;
        }

        @Override
        public Path index(Place.IndexSelector selector) {
            text.append('[').append(MemberRenderer.this.index(selector)).append(']');
            return this;
        }
    }
}
