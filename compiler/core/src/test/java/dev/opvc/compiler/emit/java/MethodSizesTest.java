// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.java;

import static org.assertj.core.api.Assertions.assertThat;

import dev.opvc.compiler.CompileRequest;
import dev.opvc.compiler.CompileResult;
import dev.opvc.compiler.Compiler;
import dev.opvc.compiler.Target;
import dev.opvc.compiler.diagnostic.Diagnostic;
import dev.opvc.compiler.diagnostic.DiagnosticCode;
import dev.opvc.compiler.diagnostic.Severity;
import dev.opvc.runtime.Memory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What opvc accepts, javac accepts and HotSpot compiles; where it would not, opvc says so. */
class MethodSizesTest {
    /** HotSpot leaves longer methods to its interpreter. */
    private static final int COMPILED_MAX = 8_000;

    private static final int CHOICES = 6;

    /** Variables of 64 bits that four nested parts may all use in the stack that there is for sure. */
    private static final int VARIABLES_THAT_FIT = 30;

    /** Two nested parts take more than that. */
    private static final int VARIABLES_TOO_MANY = 120;

    private static final int CHOICES_OF_MANY = 4;
    private static final int THREADS = 3;
    private static final int CALLS = 20_000;
    private static final Pattern EXAMPLE = Pattern.compile("(?s)```opv\\n(.*?)```");
    private static final Path ROOT = Path.of(System.getProperty("opvc.root"));

    @TempDir
    private Path folder;

    @Test
    void noMethodOfASampleIsTooLongOrCutIntoParts() throws Exception {
        try (Stream<Path> files = Files.walk(ROOT.resolve("samples"))) {
            List<Path> samples = files.filter(file -> file.toString().endsWith(".opv"))
                    .filter(file -> !file.toString().contains("target"))
                    .toList();
            assertThat(samples).isNotEmpty();
            Map<String, String> sources = new TreeMap<>();
            for (Path sample : samples) {
                String name = sample.getFileName().toString();
                // Two samples may have files of one name, which nobody imports.
                sources.put(sources.containsKey(name) ? "other_" + name : name, Files.readString(sample));
            }
            assertThat(sources).hasSameSizeAs(samples);
            Map<String, Integer> sizes =
                    CodeSizes.below(Generated.from(folder, sources).classFiles());
            assertThat(sizes.values()).as("%s", sizes).allMatch(size -> size <= COMPILED_MAX);
            assertThat(sizes.keySet()).noneMatch(method -> method.matches(".*_\\d+"));
        }
    }

    @Test
    void noMethodOfTheReferenceIsTooLong() throws Exception {
        int compiled = 0;
        try (Stream<Path> files = Files.list(ROOT.resolve("grammar"))) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(".md")).toList()) {
                compiled += compileExamples(Files.readString(file));
            }
        }
        assertThat(compiled).isPositive();
    }

    private int compileExamples(String page) throws Exception {
        Matcher examples = EXAMPLE.matcher(page);
        int compiled = 0;
        while (examples.find()) {
            if (compile(examples.group(1)) instanceof CompileResult.Success) {
                Generated generated = Generated.from(folder, examples.group(1));
                assertThat(CodeSizes.below(generated.classFiles()).values())
                        .as("%s", examples.group(1))
                        .allMatch(size -> size <= COMPILED_MAX);
                compiled++;
            }
        }
        return compiled;
    }

    /** Sixty-four paths of ten or more operations each; where the vector form may have to try again, and where not. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "transaction t(percpu S s, u64 x, u64 y)",
                "transaction t(percpu S s, u64 x, u64 y) returns (u64 r)",
                "transaction t(percpu S s, u64 x, u64 y) returns (f64 w)",
            })
    void longFormsAreCutAndDoTheSame(String head) throws Exception {
        for (String reads : List.of("", "let old = s->t; ", "let old = s->t; require old < 1000 else FULL; ")) {
            for (String more : List.of("", "require y != 7 else SEVEN; ")) {
                sixChoices(head, reads, more);
            }
        }
    }

    private void sixChoices(String head, String reads, String more) throws Exception {
        String choices = IntStream.range(0, CHOICES)
                .mapToObj(i -> String.format(
                        "if (x & %d) == 0 then { s->a[%d] += y; } else { s->b[%d] += %s; }",
                        1 << i, i, i, reads.isEmpty() ? "2 * y" : "old + 1"))
                .collect(Collectors.joining("\n"));
        String result = head.contains("u64 r") ? "r = y;" : head.contains("f64 w") ? "w = 2.5;" : "";
        String source = "percpu struct S { u64 a[6]; u64 b[6]; u64 t; u64 u; f64 v; }\n" + head + " {\n" + reads + more
                + choices + "\ns->t = x; s->u += 3; s->v = 1.5; " + result + "\n}";
        Generated generated = Generated.from(folder, source);
        Map<String, Integer> sizes = CodeSizes.below(generated.classFiles());
        assertThat(sizes.values()).as("%s", sizes).allMatch(size -> size <= COMPILED_MAX);
        assertThat(sizes.keySet()).anyMatch(method -> method.matches("S.class tVector_\\d+"));
        assertThat(sizes.keySet()).anyMatch(method -> method.matches("S.class tDirect_\\d+"));
        compareForms(generated);
    }

    private static void compareForms(Generated generated) throws ReflectiveOperationException {
        Class<?> type = generated.type("S");
        Object vector = Objects.requireNonNull(Calls.call(type, null, "allocate"));
        Object direct = Objects.requireNonNull(Calls.call(type, null, "allocate"));
        for (long x = 0; x < 1 << CHOICES; x++) {
            long y = x % 9;
            assertThat(run(generated, vector, "tVector", x, y)).isEqualTo(run(generated, direct, "tDirect", x, y));
            assertThat(slot(vector)).as("x %d", x).isEqualTo(slot(direct));
        }
        assertThat(slot(direct)).anyMatch(value -> value > 2);
        Calls.call(type, vector, "close");
        Calls.call(type, direct, "close");
    }

    /** A part tells its caller that what it has read has changed, and there is another attempt. */
    @Test
    void partsTryAgain() throws Exception {
        String choices = IntStream.range(0, CHOICES)
                .mapToObj(i -> String.format(
                        "if (x & %d) == 0 then { s->a[%d] += old; } else { s->b[%d] += old + 1; }", 1 << i, i, i))
                .collect(Collectors.joining("\n"));
        Generated generated = Generated.from(
                folder,
                "percpu struct S { u64 a[6]; u64 b[6]; u64 t; u64 u; u64 z; }\ntransaction t(percpu S s, u64 x) {\n"
                        + "let old = s->t;\n" + choices + "\ns->t = old + 1; s->u += 3;\n}");
        assertThat(CodeSizes.below(generated.classFiles())).containsKey("S.class tVector_1");
        Object instance = Objects.requireNonNull(Calls.call(generated.type("S"), null, "allocate"));
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        List<Future<?>> calls = new ArrayList<>();
        for (int thread = 0; thread < THREADS; thread++) {
            calls.add(threads.submit(() -> {
                for (long x = 0; x < CALLS; x++) {
                    Calls.call(instance.getClass(), instance, "tVector", 0, x);
                }
                return null;
            }));
        }
        for (Future<?> call : calls) {
            call.get();
        }
        threads.shutdown();
        List<Long> slot = slot(instance);
        assertThat(slot.get(2 * CHOICES)).isEqualTo((long) THREADS * CALLS);
        assertThat(slot.get(2 * CHOICES + 1)).isEqualTo(3L * THREADS * CALLS);
        Calls.call(instance.getClass(), instance, "close");
    }

    private static String run(Generated generated, Object instance, String form, long x, long y)
            throws ReflectiveOperationException {
        Class<?> type = instance.getClass();
        boolean holds = Stream.of(type.getDeclaredMethods())
                .anyMatch(method -> method.getName().equals(form) && method.getParameterCount() == 4);
        if (!holds) {
            return String.valueOf(Calls.call(type, instance, form, 0, x, y));
        }
        Object result = generated.type("S$TResult").getConstructor().newInstance();
        Object ended = Calls.call(type, instance, form, 0, x, y, result);
        String accessor = Stream.of(result.getClass().getMethods())
                        .anyMatch(method -> method.getName().equals("r"))
                ? "r"
                : "w";
        return ended + " " + Calls.call(result.getClass(), result, accessor);
    }

    private static List<Long> slot(Object instance) throws ReflectiveOperationException {
        long slot = (long) Objects.requireNonNull(Calls.call(instance.getClass(), instance, "slot", 0));
        List<Long> longs = new ArrayList<>();
        for (int i = 0; i < 2 * CHOICES + 3; i++) {
            longs.add(Memory.getLong(slot + (long) Long.BYTES * i));
        }
        return longs;
    }

    /** Parts run under the exclusion, where there is stack for so much and no more. */
    @Test
    void partsThatWouldTakeTooMuchStackAreNone() throws Exception {
        String few = manyVariables(VARIABLES_THAT_FIT);
        assertThat(codes(compile(few))).isEmpty();
        assertThat(CodeSizes.below(Generated.from(folder, few).classFiles()).keySet())
                .anyMatch(method -> method.matches("S.class tDirect_\\d+"));
        String many = manyVariables(VARIABLES_TOO_MANY);
        assertThat(codes(compile(many))).containsExactly(DiagnosticCode.TARGET_METHOD_SLOW);
        assertThat(CodeSizes.below(Generated.from(folder, many).classFiles()).keySet())
                .noneMatch(method -> method.matches("S.class tDirect_\\d+"));
    }

    /** Choices, each of which uses as many variables. */
    private static String manyVariables(int count) {
        String lets = IntStream.range(0, count)
                .mapToObj(i -> "let v" + i + " = x * " + (i + 3) + " + y;")
                .collect(Collectors.joining("\n"));
        String sum = IntStream.range(0, count).mapToObj(i -> "v" + i).collect(Collectors.joining(" + "));
        String choices = IntStream.range(0, CHOICES_OF_MANY)
                .mapToObj(i -> String.format(
                        "if (x & %d) == 0 then { s->a[%d] += %s; } else { s->b[%d] += %s + 1; }",
                        1 << i, i, sum, i, sum))
                .collect(Collectors.joining("\n"));
        return "percpu struct S { u64 a[6]; u64 b[6]; }\ntransaction t(percpu S s, u64 x, u64 y) {\n" + lets + "\n"
                + choices + "\n}";
    }

    @Test
    void whatStaysTooLongToBeCompiledIsAWarning() throws Exception {
        String lets = IntStream.range(0, 700)
                .mapToObj(i -> "let v" + i + " = " + (i == 0 ? "x" : "v" + (i - 1)) + " * 31 + y;")
                .collect(Collectors.joining("\n"));
        CompileResult result = compile("transaction t(u64 *p, u64 x, u64 y) {\n" + lets + "\n*p = v699;\n}");
        assertThat(result).isInstanceOf(CompileResult.Success.class);
        assertThat(codes(result)).containsExactly(DiagnosticCode.TARGET_METHOD_SLOW);
    }

    /** They would have the class initialized by a method that is too long. */
    @Test
    void tooManyElementsOfTablesAreAnError() throws Exception {
        String elements = IntStream.range(0, 300).mapToObj(i -> i + ".5").collect(Collectors.joining(", "));
        String tables = IntStream.range(0, 14)
                .mapToObj(i -> "const T" + i + ": f64[] = { " + elements + " };")
                .collect(Collectors.joining("\n"));
        assertThat(codes(compile(tables))).containsExactly(DiagnosticCode.TARGET_METHOD_TOO_LONG);
        assertThat(compile(tables.substring(0, tables.lastIndexOf('\n')))).isInstanceOf(CompileResult.Success.class);
    }

    @Test
    void whatJavacWouldRefuseIsAnError() throws Exception {
        String lets = IntStream.range(0, 6_000)
                .mapToObj(i -> "let v" + i + " = " + (i == 0 ? "x" : "v" + (i - 1)) + " * 31 + y;")
                .collect(Collectors.joining("\n"));
        assertThat(codes(compile("transaction t(u64 *p, u64 x, u64 y) {\n" + lets + "\n*p = v5999;\n}")))
                .containsExactly(DiagnosticCode.TARGET_METHOD_TOO_LONG);
        assertThat(codes(compile("percpu struct S { u64 n; }\n"
                        + IntStream.range(0, 10_000)
                                .mapToObj(i -> "transaction t" + i + "(percpu S s) { s->n += 1; }")
                                .collect(Collectors.joining("\n")))))
                .containsExactly(DiagnosticCode.TARGET_CLASS_TOO_LARGE);
    }

    /** Just below the limit, javac takes it. */
    @Test
    void aClassOfManyUnitsCompiles() throws Exception {
        String units = IntStream.range(0, 3_400)
                .mapToObj(i -> "transaction t" + i + "(percpu S s) { s->n += " + (100_000 + i) + "; }")
                .collect(Collectors.joining("\n"));
        Generated.from(folder, "percpu struct S { u64 n; }\n" + units);
    }

    private CompileResult compile(String source) throws Exception {
        Path file = Files.writeString(folder.resolve("sample.opv"), source);
        return Compiler.compile(new CompileRequest(List.of(file), List.of(), Set.of(Target.JAVA), true));
    }

    private static List<DiagnosticCode> codes(CompileResult result) {
        return result.diagnostics().stream()
                .filter(each -> each.severity() == Severity.ERROR || each.code() == DiagnosticCode.TARGET_METHOD_SLOW)
                .map(Diagnostic::code)
                .toList();
    }
}
