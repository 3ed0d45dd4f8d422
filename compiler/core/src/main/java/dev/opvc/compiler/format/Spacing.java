// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.format;

import dev.opvc.grammar.OpvLexer;
import dev.opvc.grammar.OpvParser.CallPrimaryContext;
import dev.opvc.grammar.OpvParser.CastPrimaryContext;
import dev.opvc.grammar.OpvParser.ConversionPrimaryContext;
import dev.opvc.grammar.OpvParser.FileContext;
import dev.opvc.grammar.OpvParser.PrefixExpressionContext;
import dev.opvc.grammar.OpvParser.SizeofPrimaryContext;
import dev.opvc.grammar.OpvParser.TypeContext;
import dev.opvc.grammar.OpvParser.UnitDeclarationContext;
import java.util.HashSet;
import java.util.Set;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.tree.ParseTree;
import org.antlr.v4.runtime.tree.TerminalNode;

/**
 * Where a space stands between two tokens of a line: everywhere, but for what most tokens say by what they are, and the
 * others by what they are in the parse tree.
 */
final class Spacing {
    private static final Set<Integer> NEVER_BEFORE = Set.of(
            OpvLexer.COMMA,
            OpvLexer.COLON,
            OpvLexer.SEMICOLON,
            OpvLexer.RPAREN,
            OpvLexer.LBRACKET,
            OpvLexer.RBRACKET,
            OpvLexer.DOT,
            OpvLexer.ARROW,
            OpvLexer.INCREMENT,
            OpvLexer.DECREMENT);
    private static final Set<Integer> NEVER_BEHIND =
            Set.of(OpvLexer.LPAREN, OpvLexer.LBRACKET, OpvLexer.DOT, OpvLexer.ARROW);
    private static final Set<Integer> COMMENT_TIGHT_BEHIND = Set.of(OpvLexer.LPAREN, OpvLexer.LBRACKET);
    private static final Set<Integer> COMMENT_TIGHT_BEFORE =
            Set.of(OpvLexer.COMMA, OpvLexer.SEMICOLON, OpvLexer.RPAREN, OpvLexer.RBRACKET);
    /** Two of them with nothing between would be another operator. */
    private static final Set<Integer> DOUBLED_IS_ANOTHER = Set.of(OpvLexer.MINUS, OpvLexer.AND);

    private final Set<Integer> tightBefore = new HashSet<>();
    private final Set<Integer> tightBehind = new HashSet<>();

    Spacing(FileContext file) {
        visit(file);
    }

    /** Whether a space stands between two tokens that have no comment between them. */
    boolean between(Token left, Token right) {
        boolean tight = NEVER_BEHIND.contains(left.getType())
                || NEVER_BEFORE.contains(right.getType())
                || tightBehind.contains(left.getTokenIndex())
                || tightBefore.contains(right.getTokenIndex())
                || (left.getType() == OpvLexer.LBRACE && right.getType() == OpvLexer.RBRACE);
        return !tight;
    }

    /** Whether a space stands between a token and the comment behind it. */
    boolean beforeComment(Token left) {
        return !COMMENT_TIGHT_BEHIND.contains(left.getType());
    }

    /** Whether a space stands between a comment and the token behind it. */
    boolean behindComment(Token right) {
        return !COMMENT_TIGHT_BEFORE.contains(right.getType());
    }

    private void visit(ParseTree tree) {
        if (tree instanceof UnitDeclarationContext unit) {
            tightBefore(unit.LPAREN(0));
        } else if (tree instanceof TypeContext type) {
            type(type);
        } else if (tree instanceof PrefixExpressionContext prefix) {
            prefix(prefix);
        } else if (tree instanceof CallPrimaryContext call) {
            tightBefore(call.LPAREN());
        } else if (tree instanceof ConversionPrimaryContext conversion) {
            tightBefore(conversion.LPAREN());
        } else if (tree instanceof SizeofPrimaryContext sizeof) {
            tightBefore(sizeof.LPAREN());
        } else if (tree instanceof CastPrimaryContext cast) {
            cast(cast);
        }
        for (int i = 0; i < tree.getChildCount(); i++) {
            visit(tree.getChild(i));
        }
    }

    /** The stars of a pointer stand beside the name that it is the type of. */
    private void type(TypeContext type) {
        type.STAR().forEach(this::tightBehind);
        type.STAR().stream().skip(1).forEach(this::tightBefore);
    }

    private void prefix(PrefixExpressionContext prefix) {
        int operator = prefix.operator.getType();
        boolean doubled = prefix.expression().getStart().getType() == operator;
        if (!doubled || !DOUBLED_IS_ANOTHER.contains(operator)) {
            tightBehind.add(prefix.operator.getTokenIndex());
        }
    }

    private void cast(CastPrimaryContext cast) {
        tightBefore(cast.LT());
        tightBehind(cast.LT());
        tightBefore(cast.GT());
        tightBefore(cast.LPAREN());
    }

    private void tightBefore(TerminalNode node) {
        tightBefore.add(node.getSymbol().getTokenIndex());
    }

    private void tightBehind(TerminalNode node) {
        tightBehind.add(node.getSymbol().getTokenIndex());
    }
}
