// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.format;

import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNoException;

import dev.opvc.compiler.diagnostic.Diagnostics;
import dev.opvc.compiler.parse.Parser;
import dev.opvc.compiler.source.SourceFile;
import java.util.List;
import org.antlr.v4.runtime.Token;
import org.junit.jupiter.api.Test;

/** The check that stands between a bug in the formatter and somebody's file. */
class FidelityTest {
    private static final List<Token> TOKENS = Parser.parseTokens(
                    new SourceFile("a.opv", "const A = - -1; /* a\n * b */ // c\n"), new Diagnostics())
            .tokens()
            .getTokens();

    @Test
    void whiteSpaceMayChange() {
        assertThatNoException().isThrownBy(() -> Fidelity.check(TOKENS, "const  A=- - 1 ;/* a\n      * b */\n\n// c"));
    }

    @Test
    void nothingElseMay() {
        for (String changed : List.of(
                "const A = --1; /* a\n * b */ // c",
                "const A = - -1; /* a * b */ // c",
                "const A = - -1; // c\n/* a\n * b */",
                "const A = - -1 /* a\n * b */; // c",
                "const A = - -1; /* a\n * b */",
                "const A = - -2; /* a\n * b */ // c",
                "const A = - -1; /* a\n * b */ // c\n;")) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> Fidelity.check(TOKENS, changed))
                    .withMessageStartingWith("formatting changed more than white space: token ");
        }
    }
}
