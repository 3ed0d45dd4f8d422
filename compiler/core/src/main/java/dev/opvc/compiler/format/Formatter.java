// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.format;

import dev.opvc.compiler.diagnostic.Diagnostics;
import dev.opvc.compiler.parse.ParsedFile;
import dev.opvc.compiler.parse.Parser;
import dev.opvc.compiler.source.SourceFile;
import java.util.Optional;

/** Formats source. It keeps no state and may be used by several threads. */
public final class Formatter {
    private Formatter() {}

    /**
     * Returns a file's text in the one formatting: the same tokens and comments, other white space. Formatting the
     * result again gives the same text.
     *
     * @param diagnostics gets what is wrong with the file
     * @return nothing if the file does not parse
     * @throws IllegalArgumentException if there are errors in {@code diagnostics} already
     * @throws IllegalStateException if a token or a comment would be lost, which is a bug
     */
    public static Optional<String> format(SourceFile file, Diagnostics diagnostics) {
        if (diagnostics.hasErrors()) {
            throw new IllegalArgumentException("the diagnostics of a file that is to be formatted hold errors already");
        }
        ParsedFile parsed = Parser.parseTokens(file, diagnostics);
        if (diagnostics.hasErrors()) {
            return Optional.empty();
        }
        String text = new Layout(parsed).render();
        Fidelity.check(parsed.tokens().getTokens(), text);
        return Optional.of(text);
    }
}
