// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.parse;

import dev.opvc.compiler.source.Span;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.tree.ErrorNode;
import org.antlr.v4.runtime.tree.ParseTree;
import org.jspecify.annotations.Nullable;

/** Knows which parts of a parse tree hold a syntax error, so that nothing is concluded from them. */
final class Broken {
    private final Set<ParserRuleContext> broken = Collections.newSetFromMap(new IdentityHashMap<>());
    private final List<Span> errors;

    /**
     * @param errors where errors were found; empty if the whole tree is right
     */
    Broken(ParserRuleContext tree, List<Span> errors) {
        this.errors = List.copyOf(errors);
        if (!errors.isEmpty()) {
            mark(tree);
        }
    }

    /** Looks at each part once: asking each part to look at all below it would be quadratic in a deep tree. */
    private boolean mark(ParseTree tree) {
        if (!(tree instanceof ParserRuleContext context)) {
            return tree instanceof ErrorNode;
        }
        boolean holdsError = context.exception != null || context.getChildCount() == 0;
        for (int i = 0; i < context.getChildCount(); i++) {
            holdsError |= mark(context.getChild(i));
        }
        if (holdsError) {
            broken.add(context);
        }
        return holdsError;
    }

    /** Whether a part is missing or holds an error. */
    boolean is(@Nullable ParserRuleContext context) {
        return context == null || broken.contains(context);
    }

    /** Whether every error lies in one of the places, which are in source order and do not overlap. */
    boolean allWithin(List<Span> places) {
        List<Integer> starts = places.stream().map(Span::start).toList();
        return errors.stream().allMatch(error -> {
            int found = Collections.binarySearch(starts, error.start(), Comparator.naturalOrder());
            int last = found >= 0 ? found : -found - 2;
            return last >= 0 && error.start() <= places.get(last).end();
        });
    }
}
