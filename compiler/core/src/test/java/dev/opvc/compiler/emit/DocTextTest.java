// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DocTextTest {
    @Test
    void delimitersAndLeadingStarsGo() {
        assertThat(DocText.lines("/** One line. */")).containsExactly("One line.");
        assertThat(DocText.lines("/**\n * First.\n *\n *     indented\n   no star  \n **/"))
                .containsExactly("First.", "", "    indented", "no star");
        assertThat(DocText.lines("/** a\r\n * b\r * c */")).containsExactly("a", "b", "c");
        assertThat(DocText.lines("/**** boxed ****/")).containsExactly("boxed");
        assertThat(DocText.lines("/** 2 * 3 */")).containsExactly("2 * 3");
    }

    @Test
    void nothingSaidIsNoLines() {
        assertThat(DocText.lines(null)).isEmpty();
        assertThat(DocText.lines("/***/")).isEmpty();
        assertThat(DocText.lines("/**\n *\n */")).isEmpty();
    }
}
