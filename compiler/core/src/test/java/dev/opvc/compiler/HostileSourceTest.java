// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.opvc.compiler.diagnostic.Diagnostic;
import dev.opvc.compiler.diagnostic.DiagnosticCode;
import dev.opvc.compiler.diagnostic.Severity;
import dev.opvc.compiler.diagnostic.TextRenderer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Sources that nobody means well with: each gets an answer, and soon. The bound on time is far above what any takes, on
 * a busy machine too; it is there to tell linear from quadratic, which would take minutes.
 */
class HostileSourceTest {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final int MANY = 20_000;
    /** Characters of all that is said about a file. */
    private static final int SHOWN_MAX = 2_000_000;

    @TempDir
    Path folder;

    static Stream<Arguments> refused() {
        Map<String, String> sources = new TreeMap<>();
        sources.put("parentheses", transaction("*p = " + "(".repeat(MANY) + "1" + ")".repeat(MANY) + ";"));
        sources.put("open parentheses", transaction("*p = " + "(".repeat(MANY)));
        sources.put("closing parentheses", transaction("*p = 1" + ")".repeat(MANY) + ";"));
        sources.put("braces", "{".repeat(MANY));
        sources.put("closing braces", "}".repeat(MANY));
        sources.put("brackets", transaction("p->a" + "[".repeat(MANY) + "0" + "]".repeat(MANY) + " = 1;"));
        sources.put("array lengths", "struct S { u8 a" + "[1]".repeat(MANY) + "; }");
        sources.put("minus signs", transaction("*p = " + "- ".repeat(MANY) + "1;"));
        sources.put("minus signs within the limit", transaction("*p = " + "- ".repeat(900) + "true;"));
        sources.put("exclamation marks", transaction("require " + "!".repeat(MANY) + "true else X;"));
        sources.put("exclamation marks within the limit", transaction("require " + "!".repeat(900) + "1 else X;"));
        sources.put("stars", transaction("*".repeat(MANY) + "p = 1;"));
        sources.put("stars within the limit", transaction("*".repeat(900) + "p = 1;"));
        sources.put("stars of a type", "transaction t(u64 " + "*".repeat(900) + "p) { *p = 1; }");
        sources.put("ampersands", transaction("memcpy(" + "& ".repeat(MANY) + "p, p, 8);"));
        sources.put("unterminated comment", "/* " + "* / ".repeat(MANY));
        sources.put("unterminated string", "import \"" + "x".repeat(MANY));
        sources.put("strings", "\"".repeat(MANY + 1));
        sources.put("semicolons", ";".repeat(MANY));
        sources.put("long name", "transaction " + "a".repeat(500_000) + "(u64 *p) { *p = 1; }");
        sources.put(
                "long unknown names", transaction("*p = " + "a".repeat(400_000) + " + " + "b".repeat(400_000) + ";"));
        sources.put(
                "long names unlike each other",
                lines(2, i -> "struct A" + (i + "x").repeat(200_000) + " { B" + "y".repeat(99_000) + " b; }"));
        sources.put("long number", "const A = " + "9".repeat(900_000) + ";");
        sources.put("long binary number", "const A = 0b" + "1_".repeat(400_000) + "1;");
        sources.put("long fraction", "const A = 0." + "9".repeat(900_000) + ";");
        sources.put("large exponent", "percpu struct S { f64 a = 1e999999999; }");
        sources.put("larger exponent", "percpu struct S { f64 a = 1e99999999999999999999; }");
        sources.put("long import path", "import \"" + "a/".repeat(400_000) + "a.opv\";");
        sources.put("long package", "package " + "a.".repeat(400_000) + "a;");
        sources.put(
                "else if chain",
                transaction("if *p == 1 then { } " + "else if *p == 2 then { } ".repeat(MANY) + "else { }"));
        sources.put("unbraced ifs", transaction("if *p == 1 then ".repeat(MANY)));
        sources.put("sum", transaction("*p = " + "1 + ".repeat(MANY) + "1;"));
        sources.put("conditions", transaction("require " + "*p == 1 && ".repeat(150) + "true else X;"));
        sources.put("mixed operators", transaction(("*p = " + "1 & 2 + ".repeat(200) + "1;").repeat(200)));
        sources.put(
                "mixed operators on long names",
                transaction("*p = " + ("a".repeat(2_000) + " & b + ").repeat(200) + "1;"));
        sources.put("unknown statements", transaction("x y z; ".repeat(MANY)));
        sources.put("unknown types", lines(MANY, i -> "struct A" + i + " { B" + i + " b; }"));
        sources.put("unknown values", transaction(lines(MANY, i -> "*p = v" + i + ";")));
        sources.put(
                "unknown fields",
                "struct S { u8 a; } transaction t(S *s) { " + lines(MANY, i -> "s->f" + i + " = 1;") + "}");
        sources.put(
                "many fields and uses of them",
                "struct S { " + lines(100_000, i -> "u8 f" + i + ";") + "} transaction t(S *s) { "
                        + lines(100_000, i -> "s->f" + i + " = 1;") + "}");
        sources.put("one name again and again", "struct A { u8 a; }\n".repeat(MANY));
        sources.put("one field again and again", "struct A { " + "u8 a;\n".repeat(100_000) + "}");
        sources.put(
                "warnings before an error", lines(1_000, i -> "struct lower_" + i + " { u8 a; }") + "const A = 1 / 0;");
        sources.put("stores", transaction(lines(50_000, i -> "*p = " + i + ";")));
        sources.put("guards", transaction(lines(MANY, i -> "require *p != " + i + " else X" + i + ";")));
        sources.put(
                "guards behind stores",
                perCpu("l->a = 1;\n".repeat(30_000) + "require l->b == 1 else X;\n".repeat(20_000)));
        sources.put("raw operations", "vector v(byte *p, u32 x) { " + "memcpy(p, &x, 4);\n".repeat(40_000) + "}");
        sources.put(
                "squares", "const A0 = 3;\n" + lines(200, i -> "const A" + (i + 1) + " = A" + i + " * A" + i + ";"));
        sources.put(
                "squares of fractions",
                "const A0 = 1.5e300;\n" + lines(2_000, i -> "const A" + (i + 1) + " = A" + i + " * A" + i + ";")
                        + "const B = u8(A2000);");
        sources.put("shifts", "const A = 1 << 1000000000;");
        sources.put("constant that needs itself", "const A = B; const B = C; const C = A;");
        sources.put("constants from the end", lines(MANY, i -> "const A" + i + " = A" + (i + 1) + ";"));
        sources.put("structs from the end", lines(MANY, i -> "struct A" + i + " { A" + (i + 1) + " a; }"));
        sources.put("struct that holds itself", "struct A { B b; } struct B { A a; }");
        sources.put(
                "doubled structs",
                "struct A0 { u64 a; }\n" + lines(200, i -> "struct A" + (i + 1) + " { A" + i + " a; A" + i + " b; }"));
        sources.put("array length", "struct A { u8 a[18446744073709551615]; }");
        sources.put("array lengths multiplied", "struct A { u8 a[65536][65536][65536][65536]; }");
        sources.put("many large fields", "struct A { " + lines(50_000, i -> "u8 a" + i + "[1000000];") + "}");
        sources.put("zero characters", "\0".repeat(MANY));
        sources.put("zero characters apart", "\0 ".repeat(MANY));
        sources.put("astral characters", "\uD83D\uDE00 ".repeat(MANY));
        sources.put("astral characters in code", transaction("*p = \uD83D\uDE00;"));
        sources.put("unknown characters apart", "# ".repeat(200_000));
        return sources.entrySet().stream().map(each -> Arguments.of(each.getKey(), each.getValue()));
    }

    static Stream<Arguments> accepted() {
        Map<String, String> sources = new TreeMap<>();
        sources.put("nothing", "");
        sources.put("byte order mark", "\uFEFFconst A = 1;");
        sources.put("carriage returns", transaction("\r\n*p = 1;\r\n// comment\r\n*p = 2;\r\n"));
        sources.put("tabs", transaction("\t*p\t=\t1;\t"));
        sources.put("astral characters in comments", "// \uD83D\uDE00\n/** \uD83D\uDE00 */ " + transaction("*p = x;"));
        sources.put("constants", lines(5_000, i -> "const A" + i + " = " + i + ";"));
        sources.put("transactions", lines(1_000, i -> "transaction t" + i + "(u64 *p) { *p = " + i + "; }"));
        sources.put(
                "bindings",
                transaction("let v0 = x; " + lines(1_000, i -> "let v" + (i + 1) + " = v" + i + " + v" + i + ";")
                        + "*p = v1000;"));
        sources.put(
                "doubled bindings",
                transaction("let v0 = x; " + lines(200, i -> "let v" + (i + 1) + " = v" + i + " + v" + i + ";")
                        + "*p = v200 + *p;"));
        sources.put("checks", transaction(lines(1_000, i -> "let v" + i + " = u64(" + i + ") / x;")));
        sources.put("sum within the limit", transaction("*p = " + "x + ".repeat(340) + "1;"));
        sources.put("minus signs within the limit", "const A = " + "- ".repeat(64) + "1;");
        sources.put("comments", "/***/".repeat(100_000) + "//\n".repeat(100_000));
        return sources.entrySet().stream().map(each -> Arguments.of(each.getKey(), each.getValue()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refused")
    void refusesSoon(String name, String source) {
        CompileResult result = compile(source);

        assertThat(result).as(name).isInstanceOf(CompileResult.Failure.class);
        assertAnswered(result);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("accepted")
    void acceptsSoon(String name, String source) {
        assertThat(Sources.texts(compile(source))).as(name).noneMatch(text -> text.contains(" error "));
    }

    @Test
    void showsErrorsRatherThanWarnings() {
        CompileResult result = compile(lines(1_000, i -> "struct lower_" + i + " { u8 a; }") + "const A = 1 / 0;");

        assertThat(Sources.texts(result)).anyMatch(text -> text.contains("division by zero"));
        assertThat(result.diagnostics()).extracting(Diagnostic::code).contains(DiagnosticCode.TOO_MANY_DIAGNOSTICS);
    }

    private CompileResult compile(String source) {
        CompileResult[] result = new CompileResult[1];
        assertTimeoutPreemptively(SOON, () -> result[0] = Sources.compile(folder, source));
        return result[0];
    }

    /** There is an error, and what is said can be shown: in a text that people could read. */
    private static void assertAnswered(CompileResult result) {
        assertThat(result.diagnostics()).anyMatch(each -> each.severity() == Severity.ERROR);
        assertThat(TextRenderer.render(result.diagnostics()).length()).isLessThan(SHOWN_MAX);
    }

    private static String transaction(String body) {
        return "transaction t(u64 *p, u64 x) { " + body + " }";
    }

    private static String perCpu(String body) {
        return "percpu struct L { u64 a; u64 b; } transaction t(percpu L l) { " + body + " }";
    }

    private static String lines(int count, IntFunction<String> line) {
        return IntStream.range(0, count).mapToObj(line).collect(Collectors.joining("\n"));
    }
}
