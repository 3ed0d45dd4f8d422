// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.opvc.compiler.diagnostic.JsonRenderer;
import dev.opvc.compiler.diagnostic.Severity;
import dev.opvc.compiler.diagnostic.TextRenderer;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random sources: none makes the compiler throw, and where it gives nothing it says why. The seed is printed; to run a
 * seed again, set the system property {@code opvc.seed}.
 */
class RandomSourceTest {
    private static final int MEGABYTE = 1 << 20;
    private static final int SOUPS = 3_000;
    private static final int SOUP_TOKENS_MAX = 120;

    @TempDir
    Path folder;

    private long seed;
    private Random random = new Random();

    @BeforeEach
    void seed() {
        seed = Long.getLong("opvc.seed", System.nanoTime());
        System.out.println("RandomSourceTest: -Dopvc.seed=" + seed);
        random = new Random(seed);
    }

    @Test
    void megabytesOfBytes() {
        byte[] bytes = new byte[MEGABYTE];
        random.nextBytes(bytes);
        compile(bytes);
        compile(new byte[2 * MEGABYTE]);
    }

    @Test
    void megabyteOfPrintableText() {
        byte[] text = new byte[MEGABYTE];
        for (int i = 0; i < text.length; i++) {
            text[i] = (byte) (' ' + random.nextInt('~' - ' ' + 1));
        }
        compile(text);
    }

    @Test
    void megabyteOfTokens() throws IOException, URISyntaxException {
        List<String> tokens = Mutator.tokens(TestPrograms.read("latency.opv"));
        StringBuilder text = new StringBuilder();
        while (text.length() < MEGABYTE - 100) {
            text.append(tokens.get(random.nextInt(tokens.size()))).append(' ');
        }
        compile(text.toString().getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void soupsOfTokens() throws IOException, URISyntaxException {
        List<String> tokens = Mutator.tokens(TestPrograms.read("latency.opv"));
        for (int i = 0; i < SOUPS; i++) {
            StringBuilder soup = new StringBuilder(random.nextBoolean() ? "" : "transaction t(u64 *p, u64 x) { ");
            for (int length = random.nextInt(SOUP_TOKENS_MAX); length > 0; length--) {
                soup.append(tokens.get(random.nextInt(tokens.size()))).append(' ');
            }
            compile(soup.toString().getBytes(StandardCharsets.UTF_8));
        }
    }

    private void compile(byte[] source) {
        CompileResult result;
        try {
            result = Sources.compile(folder, source);
            TextRenderer.render(result.diagnostics());
            JsonRenderer.render(result.diagnostics());
        } catch (RuntimeException | StackOverflowError e) {
            throw new AssertionError("seed " + seed + ", source:\n" + shown(source), e);
        }
        boolean accepted = result instanceof CompileResult.Success;
        assertThat(result.diagnostics().stream().noneMatch(each -> each.severity() == Severity.ERROR))
                .as("seed %d, source:%n%s", seed, shown(source))
                .isEqualTo(accepted);
    }

    private static String shown(byte[] source) {
        String text = new String(source, StandardCharsets.UTF_8);
        return text.substring(0, Math.min(text.length(), 10_000));
    }
}
