// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.parse;

import dev.opvc.compiler.diagnostic.Diagnostic;
import dev.opvc.compiler.diagnostic.DiagnosticCode;
import dev.opvc.compiler.diagnostic.Diagnostics;
import dev.opvc.compiler.source.SourceFile;
import dev.opvc.compiler.source.Span;
import dev.opvc.grammar.OpvLexer;
import dev.opvc.grammar.OpvParser;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.antlr.v4.runtime.BaseErrorListener;
import org.antlr.v4.runtime.Parser;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.Recognizer;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.TokenStream;
import org.antlr.v4.runtime.misc.IntervalSet;
import org.jspecify.annotations.Nullable;

/** Turns the parser's errors into diagnostics in words that a user of the language knows. */
final class SyntaxErrors extends BaseErrorListener {
    private static final Set<Integer> FOREIGN =
            Set.of(OpvLexer.UNKNOWN, OpvLexer.UNTERMINATED_STRING, OpvLexer.UNTERMINATED_COMMENT);

    private final SourceFile file;
    private final Diagnostics diagnostics;
    private final List<Span> places = new ArrayList<>();

    SyntaxErrors(SourceFile file, Diagnostics diagnostics) {
        this.file = file;
        this.diagnostics = diagnostics;
    }

    /** Where errors were found, so that what they lie in can be left out of later phases. */
    List<Span> places() {
        return places;
    }

    @Override
    public void syntaxError(
            Recognizer<?, ?> recognizer,
            Object offendingSymbol,
            int line,
            int charPositionInLine,
            String parserMessage,
            @Nullable RecognitionException exception) {
        Parser parser = (Parser) recognizer;
        Token found = (Token) offendingSymbol;
        IntervalSet expected = expected(parser, exception);
        Diagnostic diagnostic = describe(parser, found, expected);
        places.add(Spans.of(file, found));
        places.add(java.util.Objects.requireNonNull(diagnostic.span()));
        if (!isBehindForeignText(parser, found)) {
            diagnostics.report(diagnostic);
        }
    }

    /** What is no token has been reported, and the parser does not see it: it stumbles over what comes next. */
    private static boolean isBehindForeignText(Parser parser, Token found) {
        TokenStream tokens = parser.getInputStream();
        for (int i = found.getTokenIndex() - 1; i >= 0; i--) {
            Token token = tokens.get(i);
            if (token.getChannel() == Token.DEFAULT_CHANNEL) {
                return false;
            }
            if (FOREIGN.contains(token.getType())) {
                return true;
            }
        }
        return false;
    }

    private static IntervalSet expected(Parser parser, @Nullable RecognitionException exception) {
        IntervalSet ofException = exception == null ? null : exception.getExpectedTokens();
        return ofException == null ? parser.getExpectedTokens() : ofException;
    }

    private Diagnostic describe(Parser parser, Token found, IntervalSet expected) {
        Span at = Spans.of(file, found);
        if (found.getType() == OpvLexer.ELSE) {
            return Diagnostic.at(at, DiagnosticCode.SYNTAX, "`else` without a braced `then` before it")
                    .help("write `if … then { … } else { … }`; without braces, `then` guards all that follows");
        }
        if (found.getType() == OpvLexer.SEMICOLON && previousType(parser, found) == OpvLexer.RBRACE) {
            return Diagnostic.at(at, DiagnosticCode.SYNTAX, "no `;` stands behind `}`")
                    .help("remove it");
        }
        if (found.getType() == OpvLexer.IMPORT || found.getType() == OpvLexer.PACKAGE) {
            return Diagnostic.at(at, DiagnosticCode.SYNTAX, "`" + found.getText() + "` stands at the top of a file")
                    .help("move it: first `package`, then each `import`, then declarations");
        }
        if (isWord(found) && expected.contains(OpvLexer.IDENTIFIER) && !expected.contains(OpvLexer.LPAREN)) {
            return Diagnostic.at(
                            at,
                            DiagnosticCode.SYNTAX,
                            "expected " + ExpectedTokens.describe(expected) + ", but `" + found.getText()
                                    + "` is a word of the language")
                    .help("choose another name, for instance `" + found.getText() + "_value`");
        }
        Diagnostic diagnostic = Diagnostic.at(
                place(parser, found, expected),
                DiagnosticCode.SYNTAX,
                "expected " + ExpectedTokens.describe(expected) + ", found " + show(found));
        if (ExpectedTokens.isAssignment(found.getType())
                && expected.contains(OpvLexer.ASSIGN)
                && expected.contains(OpvLexer.ARROW)
                && !expected.contains(OpvLexer.ADD_ASSIGN)) {
            return diagnostic.help("`release` goes with `=`: write `release place = place + …;`");
        }
        return ForeignSyntax.help(parser.getInputStream(), found)
                .map(diagnostic::help)
                .orElse(diagnostic);
    }

    /** A missing end is shown where it is missing, behind the last token, not at whatever comes next. */
    private Span place(Parser parser, Token found, IntervalSet expected) {
        boolean endMissing = expected.contains(OpvLexer.SEMICOLON)
                || expected.contains(OpvLexer.RPAREN)
                || expected.contains(OpvLexer.RBRACKET);
        Token previous = parser.getInputStream().LT(-1);
        boolean foundIsNext = parser.getInputStream().LT(1) == found;
        if (endMissing && previous != null && foundIsNext && previous.getLine() < found.getLine()) {
            int end = Spans.of(file, previous).end();
            return new Span(file, end, end);
        }
        return Spans.of(file, found);
    }

    private static int previousType(Parser parser, Token found) {
        Token previous = parser.getInputStream().LT(-1);
        return previous == null || previous == found ? Token.INVALID_TYPE : previous.getType();
    }

    private static boolean isWord(Token token) {
        String literal = OpvParser.VOCABULARY.getLiteralName(token.getType());
        return literal != null && Character.isLetter(literal.charAt(1));
    }

    private static String show(Token token) {
        return token.getType() == Token.EOF ? "the end of the file" : "`" + token.getText() + "`";
    }
}
