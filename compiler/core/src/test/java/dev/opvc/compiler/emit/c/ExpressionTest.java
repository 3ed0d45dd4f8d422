// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.c;

import static org.assertj.core.api.Assertions.assertThat;

import dev.opvc.compiler.emit.c.RandomExpression.Generator;
import dev.opvc.compiler.emit.c.RandomExpression.RangeError;
import dev.opvc.compiler.emit.c.types.CTypes;
import dev.opvc.compiler.model.Abi;
import dev.opvc.compiler.model.ScalarType;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/**
 * Compiles random expressions, evaluates them in C at the ends of their types' ranges, and compares with exact
 * arithmetic. {@code -Dopvc.seed=N} repeats a run; the seed is in every failure and on standard output.
 */
@Tag(CToolchain.TAG)
class ExpressionTest {
    private static final int EXPRESSIONS = 60;
    private static final int ROWS = 25;
    private static final int DEPTH = 4;
    private static final String RANGE_ERROR = "range error";

    private final long seed = Long.getLong("opvc.seed", System.nanoTime());

    @TempDir
    private Path folder;

    private final Random random = new Random(seed);
    private final Generator generator = new Generator(random);
    private final List<ScalarType> types = new ArrayList<>();
    private final List<RandomExpression> expressions = new ArrayList<>();

    @EachCompiler
    void valuesAreThoseOfTheLanguage(Dialect dialect) throws IOException, InterruptedException {
        check(dialect, Abi.LP64, "-O2");
    }

    @EachCCompiler
    void nothingIsUndefined(Dialect dialect) throws IOException, InterruptedException {
        check(dialect, Abi.LP64, "-fsanitize=undefined", "-fno-sanitize-recover=all");
    }

    @EachCompiler
    void valuesAreThoseOfTheLanguageWherePointersHave4Bytes(Dialect dialect) throws IOException, InterruptedException {
        check(dialect, Abi.ILP32, "-m32");
    }

    private void check(Dialect dialect, Abi abi, String... flags) throws IOException, InterruptedException {
        System.out.println("ExpressionTest " + dialect + " " + abi + ": -Dopvc.seed=" + seed);
        for (int i = 0; i < EXPRESSIONS; i++) {
            boolean truth = random.nextInt(4) == 0;
            ScalarType type =
                    truth ? ScalarType.BOOL : Generator.INTEGERS.get(random.nextInt(Generator.INTEGERS.size()));
            types.add(type);
            expressions.add(truth ? generator.truth(DEPTH, true) : generator.integer(type, DEPTH, true));
        }
        new Headers(folder).emit("random.opv", source());
        List<Map<ScalarType, BigInteger>> rows = rows(abi);
        Files.writeString(folder.resolve("random.c"), program(rows));
        String output = new CToolchain(folder).run(dialect, "random.c", flags);

        assertThat(output.lines()).as("seed " + seed).containsExactlyElementsOf(expected(rows, abi));
    }

    /** Each expression is stored into a field of its type. */
    private String source() {
        StringBuilder source = new StringBuilder("percpu struct Out {\n");
        for (int i = 0; i < EXPRESSIONS; i++) {
            source.append(types.get(i)).append(" r").append(i).append(";\n");
        }
        source.append("}\n");
        for (int i = 0; i < EXPRESSIONS; i++) {
            source.append("// Seed ")
                    .append(seed)
                    .append("\ntransaction t")
                    .append(i)
                    .append("(percpu Out o");
            Generator.INTEGERS.forEach(
                    type -> source.append(", ").append(type).append(" v_").append(type));
            source.append(") {\n    o->r").append(i).append(" = ");
            source.append(expressions.get(i).text()).append(";\n}\n");
        }
        return source.toString();
    }

    private List<Map<ScalarType, BigInteger>> rows(Abi abi) {
        List<Map<ScalarType, BigInteger>> rows = new ArrayList<>();
        for (int i = 0; i < ROWS; i++) {
            Map<ScalarType, BigInteger> row = new EnumMap<>(ScalarType.class);
            Generator.INTEGERS.forEach(type -> row.put(type, generator.edge(type, abi)));
            rows.add(row);
        }
        return rows;
    }

    /** Prints a line for each expression and row: the value, or that there was a range error. */
    private String program(List<Map<ScalarType, BigInteger>> rows) {
        StringBuilder program = new StringBuilder("#include \"random.opv.h\"\n#include <stdio.h>\n");
        program.append("struct row {");
        Generator.INTEGERS.forEach(type -> program.append(' ')
                .append(CTypes.scalar(type))
                .append(" v_")
                .append(type)
                .append(';'));
        program.append(" };\nstatic const struct row rows[] = {\n");
        for (Map<ScalarType, BigInteger> row : rows) {
            program.append("{");
            Generator.INTEGERS.forEach(type -> program.append(cLiteral(type, Objects.requireNonNull(row.get(type))))
                    .append(", "));
            program.append("},\n");
        }
        program.append("};\nint main(void)\n{\nstruct out_percpu *out = out_alloc();\nint cpu = opv_cpu_current();\n");
        for (int i = 0; i < EXPRESSIONS; i++) {
            appendCalls(program, i);
        }
        return program.append("out_free(out);\nreturn 0;\n}\n").toString();
    }

    private void appendCalls(StringBuilder program, int i) {
        program.append("for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {\nint result = out_t")
                .append(i)
                .append("_on(out, cpu");
        Generator.INTEGERS.forEach(type -> program.append(", rows[i].v_").append(type));
        program.append(");\nif (result == -EINVAL) printf(\"" + RANGE_ERROR + "\\n\");\n");
        program.append("else if (result != 0) printf(\"result %d\\n\", result);\n");
        boolean signed = types.get(i).isSigned();
        program.append("else printf(\"%ll").append(signed ? "d" : "u").append("\\n\", (");
        program.append(signed ? "long long" : "unsigned long long");
        program.append(")out_slot(out, cpu)->r").append(i).append(");\n}\n");
    }

    private static String cLiteral(ScalarType type, BigInteger value) {
        String bits = "UINT64_C(" + ScalarType.U64.wrap(value, Abi.LP64) + ")";
        return "(" + CTypes.scalar(type) + ")" + bits;
    }

    private List<String> expected(List<Map<ScalarType, BigInteger>> rows, Abi abi) {
        List<String> lines = new ArrayList<>();
        for (RandomExpression expression : expressions) {
            for (Map<ScalarType, BigInteger> row : rows) {
                lines.add(expected(expression, row, abi));
            }
        }
        return lines;
    }

    private static String expected(RandomExpression expression, Map<ScalarType, BigInteger> row, Abi abi) {
        try {
            return expression.value(row, abi).toString();
        } catch (RangeError e) {
            return RANGE_ERROR;
        }
    }
}
