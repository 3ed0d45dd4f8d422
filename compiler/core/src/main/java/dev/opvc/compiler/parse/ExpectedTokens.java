// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.parse;

import dev.opvc.grammar.OpvLexer;
import dev.opvc.grammar.OpvParser;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.misc.IntervalSet;

/** Names a set of expected tokens by what a person would call it: a statement, an expression, a type, a name. */
final class ExpectedTokens {
    /**
     * A group is recognised by a few tokens that only it has; all tokens that it can begin with are then covered by its
     * name. The order matters: what a statement begins with includes what an expression begins with.
     */
    private record Group(String name, List<Integer> signs, List<Integer> covers) {}

    private static final List<Integer> NAMES = List.of(
            OpvLexer.IDENTIFIER,
            OpvLexer.MAX,
            OpvLexer.DRAIN,
            OpvLexer.RELEASE,
            OpvLexer.OUTCOMES,
            OpvLexer.PREFIX,
            OpvLexer.RESET);
    private static final List<Integer> TYPES = concat(
            NAMES,
            List.of(
                    OpvLexer.U8,
                    OpvLexer.U16,
                    OpvLexer.U32,
                    OpvLexer.U64,
                    OpvLexer.I8,
                    OpvLexer.I16,
                    OpvLexer.I32,
                    OpvLexer.I64,
                    OpvLexer.F32,
                    OpvLexer.F64,
                    OpvLexer.BOOL,
                    OpvLexer.BYTE,
                    OpvLexer.UPTR));
    private static final List<Integer> EXPRESSIONS = concat(
            TYPES,
            List.of(
                    OpvLexer.INTEGER,
                    OpvLexer.FLOAT,
                    OpvLexer.TRUE,
                    OpvLexer.FALSE,
                    OpvLexer.NULL,
                    OpvLexer.INF,
                    OpvLexer.NAN,
                    OpvLexer.CAST,
                    OpvLexer.SIZEOF,
                    OpvLexer.LPAREN,
                    OpvLexer.MINUS,
                    OpvLexer.NOT,
                    OpvLexer.COMPLEMENT,
                    OpvLexer.STAR,
                    OpvLexer.AND));
    private static final List<Integer> STATEMENTS =
            concat(EXPRESSIONS, List.of(OpvLexer.LET, OpvLexer.REQUIRE, OpvLexer.IF, OpvLexer.BARRIER));
    private static final List<Integer> OPERATORS = List.of(
            OpvLexer.PLUS,
            OpvLexer.MINUS,
            OpvLexer.STAR,
            OpvLexer.DIVIDE,
            OpvLexer.REMAINDER,
            OpvLexer.SHL,
            OpvLexer.SHR,
            OpvLexer.AND,
            OpvLexer.OR,
            OpvLexer.XOR,
            OpvLexer.LT,
            OpvLexer.LE,
            OpvLexer.GT,
            OpvLexer.GE,
            OpvLexer.EQ,
            OpvLexer.NE,
            OpvLexer.LOGICAL_AND,
            OpvLexer.LOGICAL_OR,
            OpvLexer.DOT,
            OpvLexer.ARROW,
            OpvLexer.LBRACKET);
    private static final List<Integer> ASSIGNMENTS = List.of(
            OpvLexer.ASSIGN,
            OpvLexer.ADD_ASSIGN,
            OpvLexer.SUB_ASSIGN,
            OpvLexer.MUL_ASSIGN,
            OpvLexer.DIV_ASSIGN,
            OpvLexer.REM_ASSIGN,
            OpvLexer.OR_ASSIGN,
            OpvLexer.AND_ASSIGN,
            OpvLexer.XOR_ASSIGN,
            OpvLexer.SHL_ASSIGN,
            OpvLexer.SHR_ASSIGN,
            OpvLexer.INCREMENT,
            OpvLexer.DECREMENT);
    private static final List<Integer> DECLARATIONS = List.of(
            OpvLexer.CONST,
            OpvLexer.STRUCT,
            OpvLexer.PERCPU,
            OpvLexer.TRANSACTION,
            OpvLexer.VECTOR,
            OpvLexer.QUERY,
            OpvLexer.DRAIN);

    private static final List<Group> GROUPS = List.of(
            new Group("a declaration", List.of(OpvLexer.CONST, OpvLexer.TRANSACTION), DECLARATIONS),
            new Group("a statement", List.of(OpvLexer.LET, OpvLexer.REQUIRE), STATEMENTS),
            new Group("an operator", List.of(OpvLexer.PLUS, OpvLexer.SHL), OPERATORS),
            new Group("an assignment", List.of(OpvLexer.ADD_ASSIGN, OpvLexer.INCREMENT), ASSIGNMENTS),
            new Group("an expression", List.of(OpvLexer.INTEGER, OpvLexer.LPAREN), EXPRESSIONS),
            new Group("a type", List.of(OpvLexer.U8, OpvLexer.IDENTIFIER), TYPES),
            new Group("a name", List.of(OpvLexer.IDENTIFIER), NAMES));

    private ExpectedTokens() {}

    /** Whether a token makes an assignment of what stands before it. */
    static boolean isAssignment(int token) {
        return ASSIGNMENTS.contains(token);
    }

    /** For instance "{@code a name or `)`}". */
    static String describe(IntervalSet expected) {
        Set<Integer> left = new LinkedHashSet<>(expected.toList());
        List<String> names = new ArrayList<>();
        for (Group group : GROUPS) {
            if (left.containsAll(group.signs)) {
                names.add(group.name);
                group.covers.forEach(left::remove);
            }
        }
        for (int type : left) {
            names.add(type == Token.EOF ? "the end of the file" : tokenName(type));
        }
        return join(names);
    }

    private static String tokenName(int type) {
        String literal = OpvParser.VOCABULARY.getLiteralName(type);
        if (literal != null) {
            return "`" + literal.substring(1, literal.length() - 1) + "`";
        }
        return type == OpvLexer.STRING ? "a string" : OpvParser.VOCABULARY.getDisplayName(type);
    }

    private static String join(List<String> names) {
        int last = names.size() - 1;
        return last <= 0
                ? String.join("", names)
                : String.join(", ", names.subList(0, last)) + " or " + names.get(last);
    }

    private static List<Integer> concat(List<Integer> first, List<Integer> second) {
        List<Integer> all = new ArrayList<>(first);
        all.addAll(second);
        return List.copyOf(all);
    }
}
