// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.parse;

import dev.opvc.grammar.OpvLexer;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.TokenStream;

/** Knows what people write who take the language for C or Java, by where the parser stumbles over it. */
final class ForeignSyntax {
    private static final String NO_LOOPS = "there are no loops: a unit does what is written, once."
            + " Write the statements one by one, assign arrays whole or with memcpy, or have the caller loop";
    private static final Map<String, String> STATEMENTS = Map.of(
            "return", "assign to a result by its name: `result = …;`",
            "for", NO_LOOPS,
            "while", NO_LOOPS,
            "do", NO_LOOPS);

    private static final Set<Integer> NUMBERS = Set.of(
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
            OpvLexer.UPTR);

    private ForeignSyntax() {}

    /** How to write what ends before a token that the parser did not expect. */
    static Optional<String> help(TokenStream tokens, Token found) {
        Token previous = tokens.LT(-1);
        if (previous == null || tokens.LT(1) != found) {
            return Optional.empty();
        }
        if (NUMBERS.contains(previous.getType())) {
            return afterType(previous, found);
        }
        if (previous.getType() == OpvLexer.IDENTIFIER && found.getType() == OpvLexer.IDENTIFIER) {
            return Optional.of(STATEMENTS.getOrDefault(previous.getText(), binding(found)));
        }
        return previous.getType() == OpvLexer.RPAREN
                ? Optional.ofNullable(STATEMENTS.get(calledBefore(tokens, previous)))
                : Optional.empty();
    }

    /** What stands before the parentheses that end here: `for (i) {` begins like a call. */
    private static String calledBefore(TokenStream tokens, Token end) {
        int open = 0;
        for (int i = end.getTokenIndex(); i >= 0; i--) {
            int type = tokens.get(i).getType();
            if (type == OpvLexer.LBRACE || type == OpvLexer.RBRACE) {
                return "";
            }
            open += type == OpvLexer.RPAREN ? 1 : type == OpvLexer.LPAREN ? -1 : 0;
            if (open == 0) {
                return before(tokens, i);
            }
        }
        return "";
    }

    private static String before(TokenStream tokens, int index) {
        for (int i = index - 1; i >= 0; i--) {
            if (tokens.get(i).getChannel() == Token.DEFAULT_CHANNEL) {
                return tokens.get(i).getText();
            }
        }
        return "";
    }

    private static Optional<String> afterType(Token type, Token found) {
        return switch (found.getType()) {
            case OpvLexer.IDENTIFIER -> Optional.of(binding(found));
            case OpvLexer.RPAREN -> Optional.of("a conversion is written `" + type.getText() + "(…)`");
            default -> Optional.empty();
        };
    }

    private static String binding(Token name) {
        return "a value gets its name with `let " + name.getText() + " = …;`";
    }
}
