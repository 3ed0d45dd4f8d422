// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.parse;

import dev.opvc.compiler.source.SourceFile;
import dev.opvc.compiler.source.Span;
import java.util.List;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.tree.ErrorNode;
import org.antlr.v4.runtime.tree.ParseTree;
import org.jspecify.annotations.Nullable;

/** Knows which parts of a parse tree hold a syntax error, so that nothing is concluded from them. */
final class Broken {
    private final SourceFile file;
    private final List<Span> errors;

    Broken(SourceFile file, List<Span> errors) {
        this.file = file;
        this.errors = errors;
    }

    /** Whether a part is missing or holds an error. */
    boolean is(@Nullable ParserRuleContext context) {
        if (context == null || context.exception != null) {
            return true;
        }
        if (errors.isEmpty()) {
            return false;
        }
        Span span = Spans.of(file, context);
        boolean holdsError = errors.stream()
                .anyMatch(error -> error.start() <= span.end() && error.end() >= span.start() && touches(error, span));
        return holdsError && hasErrorNode(context);
    }

    private static boolean touches(Span error, Span span) {
        return error.start() < span.end() || error.start() == error.end();
    }

    private static boolean hasErrorNode(ParseTree tree) {
        if (tree instanceof ErrorNode) {
            return true;
        }
        if (tree instanceof ParserRuleContext context) {
            if (context.exception != null || context.getChildCount() == 0) {
                return true;
            }
            return context.children.stream().anyMatch(Broken::hasErrorNode);
        }
        return false;
    }

    /** Whether every error lies in one of the places. */
    boolean allWithin(List<Span> places) {
        return errors.stream()
                .allMatch(error -> places.stream()
                        .anyMatch(place -> place.start() <= error.start() && error.start() <= place.end()));
    }
}
