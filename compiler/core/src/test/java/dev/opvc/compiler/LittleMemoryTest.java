// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Each limit of sources at its maximum and one above, in a Java virtual machine of 256 MiB. What a vector is held to is
 * in {@link LimitsTest}.
 */
class LittleMemoryTest {
    private static final String HEAP = "-Xmx256m";

    /** Most of it is the file with all paths that there may be; several times what it takes on a machine of its own. */
    private static final long TIMEOUT_SECONDS = 180;

    private static final int FILE_BYTES = 16 << 20;

    @TempDir
    Path folder;

    /** What is accepted has no errors; one more has this one. */
    private final Map<String, String> expected = new TreeMap<>();

    @Test
    void eachLimitIsKeptInLittleMemory() throws IOException, InterruptedException {
        limit("file", "OPV0002", FILE_BYTES, bytes -> "// " + "x".repeat(bytes - 3));
        // The transaction's own braces are the first of 64.
        limit(
                "brackets",
                "OPV0106",
                63,
                depth -> transaction("*p = " + "(".repeat(depth) + "x" + ")".repeat(depth) + ";"));
        limit("prefixes", "OPV0106", 64, depth -> transaction("*p = " + "~".repeat(depth) + "x;"));
        limit("else_ifs", "OPV0106", 62, LittleMemoryTest::elseIfs);
        // Four tokens begin and end the statement; of the others every second is an operator.
        limit("tokens", "OPV0107", 348, operators -> transaction("*p = x" + " + x".repeat(operators) + ";"));
        limit("parameters", "OPV0211", 100, LittleMemoryTest::parameters);
        limit("slots", "OPV0211", 16, LittleMemoryTest::slots);
        limit("number", "OPV0105", 300, digits -> "const A = 0x" + "0".repeat(digits - 3) + "1;");
        limit("name", "OPV0108", 100, letters -> "const " + "A".repeat(letters) + " = 1;");
        limit("constants", "OPV0106", 100, LittleMemoryTest::chainOfConstants);
        limit("paths", "OPV0406", 6, choices -> "percpu struct S { u64 a[7]; }\n" + choices("t", choices));
        limit("paths_of_file", "OPV0407", 18, LittleMemoryTest::pathsOfFile);
        assertThat(run()).containsExactlyElementsOf(expectedLines());
    }

    private void limit(String name, String code, int most, IntFunction<String> source) throws IOException {
        Files.writeString(folder.resolve(name + "_kept.opv"), source.apply(most));
        Files.writeString(folder.resolve(name + "_over.opv"), source.apply(most + 1));
        expected.put(name + "_kept.opv", "");
        expected.put(name + "_over.opv", " " + code);
    }

    private List<String> expectedLines() {
        return expected.entrySet().stream()
                .map(each -> each.getKey() + ":" + each.getValue())
                .toList();
    }

    private List<String> run() throws IOException, InterruptedException {
        Path output = Files.createTempFile("little-memory", ".txt");
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(HEAP, "-cp", System.getProperty("java.class.path")));
        command.addAll(List.of(LittleMemory.class.getName(), folder.toString()));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        boolean ended = process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        process.destroyForcibly();
        List<String> lines = Files.readAllLines(output);
        Files.delete(output);
        assertThat(ended).as("ended within %d s: %s", TIMEOUT_SECONDS, lines).isTrue();
        return lines;
    }

    private static String transaction(String body) {
        return "transaction t(u64 *p, u64 x) { " + body + " }";
    }

    private static String elseIfs(int count) {
        String chain = lines(count, i -> "else if x == " + i + " then { }");
        return transaction("if *p == 1 then { } " + chain + " else { }");
    }

    private static String parameters(int count) {
        return "transaction t(" + separated(count, i -> "u64 *p" + i) + ") { "
                + lines(count, i -> i < 16 ? "*p" + i + " = 1;" : "") + " }";
    }

    private static String slots(int count) {
        return lines(count, i -> "percpu struct S" + i + " { u64 a; }") + "transaction t("
                + separated(count, i -> "percpu S" + i + " s" + i) + ") { s0->a = 1; }";
    }

    private static String chainOfConstants(int count) {
        return lines(count - 1, i -> "const A" + i + " = A" + (i + 1) + ";") + "const A" + (count - 1) + " = 1;";
    }

    private static String pathsOfFile(int count) {
        return "percpu struct S { u64 a[7]; }\n" + lines(count, i -> choices("t" + i, 6));
    }

    private static String choices(String name, int count) {
        return "transaction " + name + "(percpu S s, u64 x) { "
                + lines(
                        count,
                        i -> "if (x & " + (1 << i) + ") == 0 then { s->a[" + i + "] += 1; } else { s->a[" + i
                                + "] += 2; }")
                + " s->a[6] += x; }";
    }

    private static String lines(int count, IntFunction<String> line) {
        return IntStream.range(0, count).mapToObj(line).collect(Collectors.joining("\n"));
    }

    private static String separated(int count, IntFunction<String> part) {
        return IntStream.range(0, count).mapToObj(part).collect(Collectors.joining(", "));
    }
}
