// SPDX-License-Identifier: Apache-2.0
package dev.opvc.runtime.conformance;

import dev.opvc.runtime.CpuOp;
import dev.opvc.runtime.CpuOpv;
import dev.opvc.runtime.conformance.ConformanceCase.Change;
import dev.opvc.runtime.conformance.ConformanceCase.Op;
import dev.opvc.runtime.conformance.ConformanceCase.Protection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads a file of conformance cases; whatever is not understood is an error that names the line. */
final class ConformanceFile {
    private static final Map<String, Integer> KINDS = Map.of(
            "compare_eq", CpuOp.CPU_COMPARE_EQ_OP,
            "compare_ne", CpuOp.CPU_COMPARE_NE_OP,
            "memcpy", CpuOp.CPU_MEMCPY_OP,
            "add", CpuOp.CPU_ADD_OP,
            "or", CpuOp.CPU_OR_OP,
            "and", CpuOp.CPU_AND_OP,
            "xor", CpuOp.CPU_XOR_OP,
            "lshift", CpuOp.CPU_LSHIFT_OP,
            "rshift", CpuOp.CPU_RSHIFT_OP,
            "mb", CpuOp.CPU_MB_OP);

    private static final Map<String, Integer> ERRORS =
            Map.of("-EINVAL", -CpuOpv.EINVAL, "-EFAULT", -CpuOpv.EFAULT, "-EAGAIN", -CpuOpv.EAGAIN);

    private final List<ConformanceCase> cases = new ArrayList<>();
    private final Map<String, String> region = new HashMap<>();
    private final Map<String, String> call = new HashMap<>();
    private final List<Protection> protections = new ArrayList<>();
    private final List<Op> ops = new ArrayList<>();
    private final List<Change> changes = new ArrayList<>();
    private String name = "";
    private int start;
    private String result = "";

    private ConformanceFile() {}

    static List<ConformanceCase> read(Path path) throws IOException {
        ConformanceFile file = new ConformanceFile();
        int number = 0;
        for (String line : Files.readAllLines(path)) {
            number++;
            try {
                file.accept(line.strip(), number);
            } catch (RuntimeException e) {
                throw new IllegalArgumentException(path + ":" + number + ": not understood: " + line, e);
            }
        }
        if (file.start != 0) {
            throw new IllegalArgumentException(path + ":" + number + ": case " + file.name + " has no end");
        }
        return file.cases;
    }

    private void accept(String line, int number) {
        if (line.isEmpty()) {
            return;
        }
        String[] words = line.split("\\s+");
        switch (words[0]) {
            case "case" -> begin(words[1], number);
            case "region" -> named(words, 1, region, new ArrayList<>());
            case "page" -> protections.add(protection(words));
            case "op" -> ops.add(op(words));
            case "call" -> named(words, 1, call, new ArrayList<>());
            case "ret" -> result = words[1];
            case "mem" -> changes.add(new Change(Integer.parseInt(words[1]), words[2]));
            case "end" -> end();
            default -> throw new IllegalArgumentException("unknown keyword " + words[0]);
        }
    }

    private void begin(String caseName, int number) {
        if (start != 0) {
            throw new IllegalArgumentException("case " + name + " has no end");
        }
        name = caseName;
        start = number;
    }

    private void end() {
        if (start == 0) {
            throw new IllegalArgumentException("there is no case to end");
        }
        cases.add(new ConformanceCase(
                name,
                start,
                Integer.parseInt(required(region, "pages")),
                number(required(region, "seed")),
                List.copyOf(protections),
                List.copyOf(ops),
                Integer.parseInt(required(call, "count")),
                cpu(required(call, "cpu")),
                (int) number(required(call, "flags")),
                result(result),
                List.copyOf(changes)));
        start = 0;
        region.clear();
        call.clear();
        protections.clear();
        ops.clear();
        changes.clear();
        result = "";
    }

    private static Protection protection(String[] words) {
        boolean readable = switch (words[2]) {
            case "ro" -> true;
            case "none" -> false;
            default -> throw new IllegalArgumentException("unknown protection " + words[2]);
        };
        return new Protection(Integer.parseInt(words[1]), readable);
    }

    private static Op op(String[] words) {
        Integer known = KINDS.get(words[1]);
        int number = known != null ? known : (int) number(words[1]);
        Map<String, String> arguments = new HashMap<>();
        List<String> flags = new ArrayList<>();
        named(words, 2, arguments, flags);
        return new Op(number, Map.copyOf(arguments), List.copyOf(flags));
    }

    /** Sorts the words from an index on into {@code name=value} and the rest. */
    private static void named(String[] words, int from, Map<String, String> values, List<String> rest) {
        for (int i = from; i < words.length; i++) {
            int equals = words[i].indexOf('=');
            if (equals < 0) {
                rest.add(words[i]);
            } else {
                values.put(words[i].substring(0, equals), words[i].substring(equals + 1));
            }
        }
    }

    private static String required(Map<String, String> values, String key) {
        String value = values.get(key);
        if (value == null) {
            throw new IllegalArgumentException("no " + key + "=");
        }
        return value;
    }

    private static int cpu(String text) {
        return text.equals("current") ? ConformanceCase.CURRENT_CPU : Integer.parseInt(text);
    }

    private static int result(String text) {
        Integer error = ERRORS.get(text);
        return error != null ? error : Integer.parseInt(text);
    }

    /** A number of up to 64 bits: hexadecimal after 0x, else decimal, signed or unsigned. */
    static long number(String text) {
        if (text.startsWith("0x")) {
            return Long.parseUnsignedLong(text.substring(2), 16);
        }
        return text.startsWith("-") ? Long.parseLong(text) : Long.parseUnsignedLong(text);
    }
}
