// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.opvc.compiler.diagnostic.Diagnostics;
import dev.opvc.compiler.diagnostic.JsonRenderer;
import dev.opvc.compiler.diagnostic.Severity;
import dev.opvc.compiler.diagnostic.TextRenderer;
import dev.opvc.compiler.emit.OutputFile;
import dev.opvc.compiler.explain.ExplainJson;
import dev.opvc.compiler.explain.ExplainTable;
import dev.opvc.compiler.format.Formatter;
import dev.opvc.compiler.format.OpvFiles;
import dev.opvc.compiler.model.Abi;
import dev.opvc.compiler.source.SourceFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever becomes of the repository's sources when they are changed a little, opvc answers with diagnostics or with
 * output, and formatting changes nothing but white space. Seconds by default; {@code -Dopvc.fuzz.seconds=3600} goes on
 * for an hour, and {@code -Dopvc.seed=N} begins where another run did.
 */
class MutationTest {
    private static final int SHOWN_MAX = 20_000;

    private final Duration time = Duration.ofSeconds(Integer.getInteger("opvc.fuzz.seconds", 5));
    private final long seed = Long.getLong("opvc.seed", System.nanoTime());

    @TempDir
    Path folder;

    @Test
    void whateverIsChanged() throws IOException {
        System.out.println("MutationTest: -Dopvc.seed=" + seed);
        Mutator mutator = Mutator.ofRepository(new Random(seed));
        List<Path> imports =
                OpvFiles.formatted().stream().map(Path::getParent).distinct().toList();
        int inputs = 0;
        int accepted = 0;
        for (long start = System.nanoTime(); System.nanoTime() - start < time.toNanos(); inputs++) {
            byte[] source = mutator.next();
            try {
                accepted += isAccepted(source, imports) ? 1 : 0;
            } catch (RuntimeException | StackOverflowError | AssertionError e) {
                throw new AssertionError("seed " + seed + ", input " + inputs + ":\n" + shown(source), e);
            }
        }
        System.out.println("MutationTest: " + inputs + " inputs, " + accepted + " of them accepted");
        assertThat(accepted).isPositive().isLessThan(inputs);
    }

    private boolean isAccepted(byte[] source, List<Path> imports) throws IOException {
        CompileResult result = compile(source, imports);
        TextRenderer.render(result.diagnostics());
        JsonRenderer.render(result.diagnostics());
        boolean accepted = result instanceof CompileResult.Success;
        assertThat(result.diagnostics().stream().noneMatch(each -> each.severity() == Severity.ERROR))
                .isEqualTo(accepted);
        if (result instanceof CompileResult.Success success) {
            success.programs().forEach(program -> {
                for (Abi abi : Abi.values()) {
                    ExplainTable.render(program, abi);
                    ExplainJson.render(program, abi);
                }
            });
            String formatted = format(new String(source, StandardCharsets.UTF_8));
            assertThat(format(formatted)).isEqualTo(formatted);
            CompileResult again = compile(formatted.getBytes(StandardCharsets.UTF_8), imports);
            assertThat(again).isInstanceOf(CompileResult.Success.class);
            assertThat(contents((CompileResult.Success) again)).isEqualTo(contents(success));
        }
        return accepted;
    }

    private CompileResult compile(byte[] source, List<Path> imports) throws IOException {
        Path file = Files.write(folder.resolve("source.opv"), source);
        return Compiler.compile(new CompileRequest(List.of(file), imports));
    }

    private static List<String> contents(CompileResult.Success success) {
        return success.outputs().values().stream()
                .flatMap(List::stream)
                .map(OutputFile::content)
                .toList();
    }

    private static String format(String text) {
        Diagnostics diagnostics = new Diagnostics();
        return Formatter.format(new SourceFile("source.opv", text), diagnostics)
                .orElseThrow(() -> new AssertionError(TextRenderer.render(diagnostics.sorted())));
    }

    private static String shown(byte[] source) {
        String text = new String(source, StandardCharsets.UTF_8);
        return text.substring(0, Math.min(text.length(), SHOWN_MAX));
    }
}
