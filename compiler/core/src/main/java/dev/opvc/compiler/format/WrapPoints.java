// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.format;

import dev.opvc.compiler.parse.ParsedFile;
import dev.opvc.grammar.OpvLexer;
import dev.opvc.grammar.OpvParser.BinaryExpressionContext;
import dev.opvc.grammar.OpvParser.CallPrimaryContext;
import dev.opvc.grammar.OpvParser.TableContext;
import dev.opvc.grammar.OpvParser.UnitDeclarationContext;
import java.util.HashMap;
import java.util.Map;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.tree.ParseTree;
import org.antlr.v4.runtime.tree.TerminalNode;

/**
 * Before which tokens a line may be wrapped, and how much of what belongs together that would part: a level, the lower
 * the better. Each bracket around a token weighs more than any operator's precedence.
 */
final class WrapPoints {
    /** The level of a token before which no line is wrapped. */
    static final int NEVER = Integer.MAX_VALUE;
    /** Behind an assignment's operator: where there is no other place. */
    private static final int LAST_RESORT = NEVER - 1;
    /** Before {@code returns}, and behind a comma. */
    private static final int LOOSEST = 0;
    /** More than the rank of any operator. */
    private static final int RANKS = 11;

    private final Map<Integer, Integer> bracketsAround = new HashMap<>();
    private final Map<Integer, Integer> levels = new HashMap<>();

    WrapPoints(ParsedFile parsed) {
        countBrackets(parsed);
        visit(parsed.tree());
    }

    /** The level of wrapping before a token, or {@link #NEVER}. */
    int level(Token token) {
        return levels.getOrDefault(token.getTokenIndex(), NEVER);
    }

    private void countBrackets(ParsedFile parsed) {
        int open = 0;
        for (Token token : parsed.tokens().getTokens()) {
            int type = token.getType();
            if (type == OpvLexer.RPAREN || type == OpvLexer.RBRACKET) {
                open--;
            }
            bracketsAround.put(token.getTokenIndex(), open);
            if (type == OpvLexer.LPAREN || type == OpvLexer.LBRACKET) {
                open++;
            }
        }
    }

    private void visit(ParseTree tree) {
        if (tree instanceof BinaryExpressionContext binary) {
            allow(binary.operator, rank(binary.operator));
        } else if (tree instanceof UnitDeclarationContext unit && unit.RETURNS() != null) {
            allow(unit.RETURNS().getSymbol(), LOOSEST);
        }
        for (int i = 0; i < tree.getChildCount(); i++) {
            ParseTree child = tree.getChild(i);
            if (child instanceof TerminalNode node && i + 1 < tree.getChildCount()) {
                behind(node, tree, tree.getChild(i + 1));
            }
            visit(child);
        }
    }

    private void behind(TerminalNode node, ParseTree parent, ParseTree next) {
        boolean list = parent instanceof UnitDeclarationContext
                || parent instanceof CallPrimaryContext
                || parent instanceof TableContext;
        switch (node.getSymbol().getType()) {
            case OpvLexer.COMMA -> {
                if (list) {
                    allow(firstToken(next), LOOSEST);
                }
            }
            case OpvLexer.ASSIGN,
                    OpvLexer.ADD_ASSIGN,
                    OpvLexer.SUB_ASSIGN,
                    OpvLexer.MUL_ASSIGN,
                    OpvLexer.DIV_ASSIGN,
                    OpvLexer.REM_ASSIGN,
                    OpvLexer.OR_ASSIGN,
                    OpvLexer.AND_ASSIGN,
                    OpvLexer.XOR_ASSIGN,
                    OpvLexer.SHL_ASSIGN,
                    OpvLexer.SHR_ASSIGN -> levels.put(firstToken(next).getTokenIndex(), LAST_RESORT);
            default -> {}
        }
    }

    private void allow(Token before, int rank) {
        int brackets = bracketsAround.getOrDefault(before.getTokenIndex(), 0);
        levels.put(before.getTokenIndex(), brackets * RANKS + rank);
    }

    private static Token firstToken(ParseTree tree) {
        return tree instanceof TerminalNode node ? node.getSymbol() : ((ParserRuleContext) tree).getStart();
    }

    /** The looser an operator binds, the lower. */
    private static int rank(Token operator) {
        return switch (operator.getType()) {
            case OpvLexer.LOGICAL_OR -> 1;
            case OpvLexer.LOGICAL_AND -> 2;
            case OpvLexer.EQ, OpvLexer.NE -> 3;
            case OpvLexer.LT, OpvLexer.LE, OpvLexer.GT, OpvLexer.GE -> 4;
            case OpvLexer.OR -> 5;
            case OpvLexer.XOR -> 6;
            case OpvLexer.AND -> 7;
            case OpvLexer.SHL, OpvLexer.SHR -> 8;
            case OpvLexer.PLUS, OpvLexer.MINUS -> 9;
            default -> RANKS - 1;
        };
    }
}
