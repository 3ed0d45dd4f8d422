// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.java;

import static org.assertj.core.api.Assertions.assertThat;

import dev.opvc.compiler.emit.java.types.Javadoc;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What users write in comments is text in Javadoc, whatever it looks like. */
class JavadocTest {
    private static final String ESCAPED_COMMENT_END = "\\u002a\\u002f";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                ESCAPED_COMMENT_END + " static { System.exit(1); } /*",
                "\\uuuu002a/ class X {}",
                "\\\\u002a\\u005cu002f \\",
                "\\u000a int broken; \\ud800 \\u",
                "@param nobody @see Nothing#x @throws\n * @deprecated\n * {@link Missing} {@code {@inheritDoc",
                "<script>alert(1)</script> <b>unclosed & &bogus; &#0; <p> <",
                "$T $L $S $$ $[ $] $1 ${x} %s %n",
                "/* nested / * \t tab \u0007 bell \u0000 nul \u202e bidi \u2028 separator \ufffe \u00b5s \ud83d\ude00",
                "\u001a",
                " first\r\n\r\n * second\r\r * third\n\n\n *\n * fourth",
                "*** stars ***",
                "{ } }} {{",
            })
    void hostileTextStaysText(String text) throws Exception {
        String comment = "/** " + text + " */\n";
        String source = comment + "const C = 1;\n" + comment + "percpu struct P {\n" + comment + "u64 a;\n" + comment
                + "u64 b[2]; }\n" + comment + "struct S { u64 a; }\n" + comment
                + "transaction t(percpu P p, u64 n) { require n < 1 else A; require n < 2 else B; p->a += 1; }\n"
                + comment + "vector v(u64 *p) { add(p, 1, 8); }\n";

        Generated generated = Generated.from(folder, source);

        assertThat(generated.sources()).hasSize(3);
        for (String java : generated.sources().values()) {
            assertThat(java).doesNotContain("\\").matches("(?s)[\n -~]*");
        }
        assertThat(generated.type("SampleOps").getField("C").getInt(null)).isEqualTo(1);
    }

    @Test
    void linesAndParagraphsAreKept() {
        String javadoc = Javadoc.of("/**\n * One & two,\n * three.\n *\n *   Four @ <five>.\n */", "");

        assertThat(javadoc).isEqualTo("One &amp; two,\nthree.\n\n<p>  Four &#64; &lt;five&gt;.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/** */", "/***/", "/**\n *\n */"})
    void emptyCommentsCountAsNone(String comment) {
        assertThat(Javadoc.of(comment, "otherwise")).isEqualTo("otherwise");
    }
}
