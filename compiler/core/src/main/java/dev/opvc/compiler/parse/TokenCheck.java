// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.parse;

import dev.opvc.compiler.diagnostic.Diagnostic;
import dev.opvc.compiler.diagnostic.DiagnosticCode;
import dev.opvc.compiler.diagnostic.Diagnostics;
import dev.opvc.compiler.source.SourceFile;
import dev.opvc.compiler.source.Span;
import dev.opvc.grammar.OpvLexer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import org.antlr.v4.runtime.Token;

/**
 * Looks over the tokens before they are parsed: reports what is no token of the language, and refuses what would nest
 * too deep for the phases behind, which recurse.
 */
final class TokenCheck {
    private static final Set<Integer> PREFIXES =
            Set.of(OpvLexer.MINUS, OpvLexer.NOT, OpvLexer.COMPLEMENT, OpvLexer.STAR, OpvLexer.AND);

    private final SourceFile file;
    private final Diagnostics diagnostics;

    TokenCheck(SourceFile file, Diagnostics diagnostics) {
        this.file = file;
        this.diagnostics = diagnostics;
    }

    /** Returns whether the tokens may be parsed. */
    boolean check(List<Token> tokens) {
        reportForeignText(tokens);
        return withinLimits(tokens);
    }

    private void reportForeignText(List<Token> tokens) {
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            switch (token.getType()) {
                case OpvLexer.UNTERMINATED_COMMENT ->
                    diagnostics.report(Diagnostic.at(
                                    spanOfOpening(token, "/*".length()),
                                    DiagnosticCode.UNTERMINATED_COMMENT,
                                    "this comment has no end")
                            .help("close it with `*/`"));
                case OpvLexer.UNTERMINATED_STRING ->
                    diagnostics.report(Diagnostic.at(
                                    Spans.of(file, token),
                                    DiagnosticCode.UNTERMINATED_STRING,
                                    "this string has no end on its line")
                            .help("close it with `\"`"));
                case OpvLexer.UNKNOWN -> {
                    int last = i;
                    while (last + 1 < tokens.size() && tokens.get(last + 1).getType() == OpvLexer.UNKNOWN) {
                        last++;
                    }
                    reportUnknown(Spans.of(file, token).to(Spans.of(file, tokens.get(last))));
                    i = last;
                }
                default -> {}
            }
        }
    }

    private Span spanOfOpening(Token token, int length) {
        return new Span(file, token.getStartIndex(), token.getStartIndex() + length);
    }

    private void reportUnknown(Span span) {
        int first = span.text().codePointAt(0);
        String shown = Character.isISOControl(first) || !Character.isDefined(first)
                ? String.format("U+%04X", first)
                : "`" + Character.toString(first) + "`";
        int count = span.end() - span.start();
        String message = count == 1
                ? "unknown character " + shown
                : count + " unknown characters, of which the first is " + shown;
        diagnostics.report(
                Diagnostic.at(span, DiagnosticCode.UNKNOWN_CHARACTER, message).help(help(first)));
    }

    private static String help(int character) {
        return switch (character) {
            case '#' -> "there is no preprocessor: write `import \"file.opv\";` or `const NAME = 1;`";
            case '?' -> "there is no `? :`: write `select(c, a, b)`, or `if … then { … } else { … }`";
            default -> "names, numbers and operators are ASCII; other characters may stand in comments";
        };
    }

    private boolean withinLimits(List<Token> tokens) {
        // An unbraced `then` nests what follows it, to the end of the block that it stands in. Each open bracket's
        // entry counts them, so that the bracket's end closes them all.
        Deque<Integer> openThens = new ArrayDeque<>();
        openThens.push(0);
        // An `else if` stands in the branch of the one before it. The chain's end closes them all.
        Deque<Integer> openElses = new ArrayDeque<>();
        openElses.push(0);
        int depth = 0;
        int statementTokens = 0;
        boolean inTable = false;
        int prefixes = 0;
        int previous = Token.INVALID_TYPE;
        for (Token token : tokens) {
            if (token.getChannel() != Token.DEFAULT_CHANNEL) {
                continue;
            }
            int type = token.getType();
            if (previous == OpvLexer.THEN && type != OpvLexer.LBRACE) {
                openThens.push(openThens.pop() + 1);
                depth++;
            }
            if (previous == OpvLexer.ELSE && type == OpvLexer.IF) {
                openElses.push(openElses.pop() + 1);
                depth++;
            } else if (previous == OpvLexer.RBRACE && type != OpvLexer.ELSE) {
                depth -= openElses.pop();
                openElses.push(0);
            }
            switch (type) {
                case OpvLexer.LPAREN, OpvLexer.LBRACKET, OpvLexer.LBRACE -> {
                    openThens.push(0);
                    openElses.push(0);
                    depth++;
                }
                case OpvLexer.RPAREN, OpvLexer.RBRACKET, OpvLexer.RBRACE -> {
                    if (openThens.size() > 1) {
                        depth -= openThens.pop() + openElses.pop() + 1;
                    }
                }
                default -> {}
            }
            // Operators before an operand nest as parentheses do.
            prefixes = PREFIXES.contains(type) ? prefixes + 1 : 0;
            if (depth > ParseLimits.NESTING_MAX || prefixes > ParseLimits.NESTING_MAX) {
                diagnostics.report(Diagnostic.at(
                                Spans.of(file, token),
                                DiagnosticCode.NESTED_TOO_DEEP,
                                "nested deeper than " + ParseLimits.NESTING_MAX + " levels")
                        .help(
                                openElses.stream().anyMatch(chain -> chain > 0)
                                        ? "each `else if` is a level: choose between two halves first"
                                        : "name the inner parts with `let`"));
                return false;
            }
            boolean ends = type == OpvLexer.SEMICOLON || type == OpvLexer.LBRACE || type == OpvLexer.RBRACE;
            statementTokens = ends ? 0 : statementTokens + 1;
            inTable = ends ? type == OpvLexer.LBRACE && previous == OpvLexer.ASSIGN : inTable;
            if (statementTokens > ParseLimits.STATEMENT_TOKENS_MAX) {
                diagnostics.report(Diagnostic.at(
                                Spans.of(file, token),
                                DiagnosticCode.STATEMENT_TOO_LONG,
                                "one statement has more than " + ParseLimits.STATEMENT_TOKENS_MAX + " tokens")
                        .help(inTable ? "make it several tables" : "name its parts with `let`"));
                return false;
            }
            previous = type;
        }
        return true;
    }
}
