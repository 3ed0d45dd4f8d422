// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.format;

import dev.opvc.grammar.OpvLexer;
import java.util.List;
import org.antlr.v4.runtime.CharStreams;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.Token;

/** Holds the formatter to its promise: what it makes has the same tokens and comments in the same order. */
final class Fidelity {
    private Fidelity() {}

    static void check(List<Token> before, String formatted) {
        OpvLexer lexer = new OpvLexer(CharStreams.fromString(formatted));
        lexer.removeErrorListeners();
        CommonTokenStream stream = new CommonTokenStream(lexer);
        stream.fill();
        List<String> expected = written(before);
        List<String> found = written(stream.getTokens());
        if (!found.equals(expected)) {
            throw new IllegalStateException("formatting changed more than white space: " + difference(expected, found));
        }
    }

    /** What must stay, in order. The white space around a comment's lines may change, and nothing else in it. */
    private static List<String> written(List<Token> tokens) {
        return tokens.stream()
                .filter(token -> token.getType() != OpvLexer.WHITE_SPACE)
                .map(token -> Comment.is(token)
                        ? String.join("\n", Comment.strippedLines(token.getText()))
                        : OpvLexer.VOCABULARY.getDisplayName(token.getType()) + " " + token.getText())
                .toList();
    }

    private static String difference(List<String> expected, List<String> found) {
        int same = 0;
        while (same < expected.size()
                && same < found.size()
                && expected.get(same).equals(found.get(same))) {
            same++;
        }
        String was = same < expected.size() ? expected.get(same) : "nothing";
        String is = same < found.size() ? found.get(same) : "nothing";
        return "token " + same + " was `" + was + "` and is `" + is + "`";
    }
}
