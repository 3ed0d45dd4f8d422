// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.opvc.grammar.OpvLexer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.antlr.v4.runtime.CharStreams;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.Token;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FormatterRandomTest {
    private static final int PROGRAMS = 25;
    private static final int LAYOUTS_PER_FILE = 10;

    private final long seed = System.nanoTime();

    @Test
    void theFormattingDoesNotDependOnWhiteSpace() {
        for (int i = 0; i < PROGRAMS; i++) {
            Random random = random("white space", i);
            List<String> tokens = RandomPrograms.program(random);
            String one = Formatted.of(RandomLayout.withoutMeaning(tokens, random));
            String other = Formatted.of(RandomLayout.withoutMeaning(tokens, random));

            assertThat(other).as("seed %d, program %d", seed, i).isEqualTo(one);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 20})
    void whatIsFormattedStaysAsItIs(int commentOneIn) {
        for (int i = 0; i < PROGRAMS; i++) {
            Random random = random("comments", i);
            List<String> tokens = RandomPrograms.program(random);
            assertHolds(RandomLayout.withComments(tokens, random, commentOneIn), "program " + i);
        }
    }

    @Test
    void theFilesOfTheRepositoryKeepTheirTokensHoweverTheyAreLaidOut() throws IOException {
        for (Path file : OpvFiles.formatted()) {
            String source = Files.readString(file);
            List<String> tokens = new ArrayList<>();
            tokens(source).stream()
                    .filter(token -> token.getChannel() == Token.DEFAULT_CHANNEL && token.getType() != Token.EOF)
                    .forEach(token -> tokens.add(token.getText()));
            for (int i = 0; i < LAYOUTS_PER_FILE; i++) {
                Random random = random(file.getFileName().toString(), i);
                assertHolds(RandomLayout.withComments(tokens, random, 1 + random.nextInt(9)), file + ", layout " + i);
            }
        }
    }

    private Random random(String what, int index) {
        if (index == 0) {
            System.out.println("FormatterRandomTest, " + what + ": seed " + seed);
        }
        return new Random(seed + index);
    }

    private void assertHolds(String source, String what) {
        String once = Formatted.of(source);

        assertThat(written(once))
                .as("tokens and comments; seed %d, %s", seed, what)
                .isEqualTo(written(source));
        assertThat(Formatted.of(once)).as("seed %d, %s", seed, what).isEqualTo(once);
        assertThat(once)
                .as("white space at a line's end, or two blank lines; seed %d, %s", seed, what)
                .doesNotContainPattern("[ \t\r\f](\n|$)")
                .doesNotContainPattern("(^|\n)[ ]*\t")
                .doesNotStartWith("\n");
        assertThat(withoutComments(once))
                .as("two blank lines; seed %d, %s", seed, what)
                .doesNotContain("\n\n\n");
    }

    /** The free text of a comment may have as many blank lines as it likes. */
    private static String withoutComments(String text) {
        return tokens(text).stream()
                .map(token -> token.getType() == OpvLexer.BLOCK_COMMENT ? "/**/" : token.getText())
                .collect(Collectors.joining());
    }

    private static List<String> written(String text) {
        return tokens(text).stream()
                .filter(token -> token.getType() != OpvLexer.WHITE_SPACE)
                .map(token -> token.getType() + " "
                        + token.getText().replaceAll("\\s+", " ").strip())
                .toList();
    }

    private static List<Token> tokens(String text) {
        CommonTokenStream stream = new CommonTokenStream(new OpvLexer(CharStreams.fromString(text)));
        stream.fill();
        return stream.getTokens();
    }
}
