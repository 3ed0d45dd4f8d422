// SPDX-License-Identifier: Apache-2.0
package dev.opvc.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Holds the C header against {@link CpuOp}: a C program prints every constant, size and offset, under CpuOp's names. */
class CpuOpHeaderTest {
    private static final Path INCLUDE =
            Path.of(System.getProperty("opvc.root", "")).resolve("runtime/c/include");

    private static final List<String> COMPILERS = List.of("cc", "gcc", "clang");

    /** What C calls otherwise: an expression for each name of CpuOp that is no constant of the header. */
    private static final Map<String, List<String>> LAYOUT = layout();

    private static Map<String, List<String>> layout() {
        Map<String, List<String>> layout = new LinkedHashMap<>();
        layout.put("SIZE", List.of("sizeof(struct cpu_op)"));
        layout.put("ALIGNMENT", List.of("_Alignof(struct cpu_op)"));
        layout.put("OP_OFFSET", offsets("op"));
        layout.put("LEN_OFFSET", offsets("len"));
        layout.put(
                "FIRST_OPERAND_OFFSET",
                offsets("u.compare_op.a", "u.memcpy_op.dst", "u.arithmetic_op.p", "u.bitwise_op.p", "u.shift_op.p"));
        layout.put(
                "SECOND_OPERAND_OFFSET",
                offsets(
                        "u.compare_op.b",
                        "u.memcpy_op.src",
                        "u.arithmetic_op.count",
                        "u.bitwise_op.mask",
                        "u.shift_op.bits"));
        layout.put(
                "FIRST_EXPECT_FAULT_OFFSET",
                offsets(
                        "u.compare_op.expect_fault_a",
                        "u.memcpy_op.expect_fault_dst",
                        "u.arithmetic_op.expect_fault_p",
                        "u.bitwise_op.expect_fault_p"));
        layout.put(
                "SECOND_EXPECT_FAULT_OFFSET", offsets("u.compare_op.expect_fault_b", "u.memcpy_op.expect_fault_src"));
        layout.put("SHIFT_EXPECT_FAULT_OFFSET", offsets("u.shift_op.expect_fault_p"));
        return layout;
    }

    private static List<String> offsets(String... members) {
        return List.of(members).stream()
                .map(member -> "offsetof(struct cpu_op, " + member + ")")
                .toList();
    }

    @Test
    void theHeaderSaysTheSame(@TempDir Path folder) throws Exception {
        assumeTrue(
                Files.exists(INCLUDE.resolve("opv/cpu_opv.h")),
                () -> "left out: no opv/cpu_opv.h in " + INCLUDE.toAbsolutePath());
        Map<String, Long> java = constants();
        Path source = Files.writeString(folder.resolve("numbers.c"), program(java));
        Path program = folder.resolve("numbers");
        compile(folder, source, program);
        assertThat(numbers(ChildProcess.outputOf(folder, List.of(program.toString()))))
                .isEqualTo(expected(java));
    }

    private static Map<String, Long> constants() throws IllegalAccessException {
        Map<String, Long> constants = new TreeMap<>();
        for (Field field : CpuOp.class.getFields()) {
            if (Modifier.isStatic(field.getModifiers())) {
                constants.put(field.getName(), field.getLong(null));
            }
        }
        return constants;
    }

    private static List<String> expressions(String name) {
        return LAYOUT.getOrDefault(name, List.of(name));
    }

    private static String program(Map<String, Long> constants) {
        StringBuilder text = new StringBuilder("#include <stddef.h>\n#include <stdio.h>\n#include <opv/cpu_opv.h>\n")
                .append("int main(void)\n{\n");
        for (String name : constants.keySet()) {
            for (String expression : expressions(name)) {
                text.append(String.format("\tprintf(\"%s: %s=%%lld\\n\", (long long)(%2$s));%n", name, expression));
            }
        }
        return text.append("\treturn 0;\n}\n").toString();
    }

    private static Map<String, Long> expected(Map<String, Long> constants) {
        Map<String, Long> expected = new TreeMap<>();
        constants.forEach((name, value) ->
                expressions(name).forEach(expression -> expected.put(name + ": " + expression, value)));
        return expected;
    }

    private static Map<String, Long> numbers(String output) {
        Map<String, Long> numbers = new TreeMap<>();
        for (String line : output.lines().toList()) {
            int equals = line.lastIndexOf('=');
            numbers.put(line.substring(0, equals), Long.parseLong(line.substring(equals + 1)));
        }
        return numbers;
    }

    private static void compile(Path folder, Path source, Path program) throws Exception {
        for (String compiler : COMPILERS) {
            if (exists(compiler)) {
                ChildProcess.outputOf(
                        folder,
                        List.of(
                                compiler,
                                "-std=gnu11",
                                "-I" + INCLUDE.toAbsolutePath(),
                                "-o",
                                program.toString(),
                                source.toString()));
                return;
            }
        }
        abort("left out: none of the C compilers " + COMPILERS + " is here");
    }

    private static boolean exists(String compiler) throws InterruptedException {
        try {
            return new ProcessBuilder(compiler, "--version")
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        }
    }
}
