// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.differential;

import dev.opvc.compiler.model.Abi;
import dev.opvc.compiler.model.ScalarType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Tables that a batch of transactions shares: one of each scalar type, each ascending, but for that of truth values. */
final class RandomTables {
    private static final int LENGTH_MAX = 20;

    private RandomTables() {}

    static void declare(Choices choices, StringBuilder text) {
        for (ScalarType type : ScalarType.values()) {
            String values = String.join(", ", values(choices, type));
            text.append(String.format("const %s: %s[] = { %s };%n", name(type), type, values));
        }
    }

    /** What the table of a type is called. */
    static String name(ScalarType type) {
        return "STEPS_" + type.toString().toUpperCase(Locale.ROOT);
    }

    private static List<String> values(Choices choices, ScalarType type) {
        int length = choices.chance(20) ? 1 : choices.between(2, LENGTH_MAX);
        if (type == ScalarType.BOOL) {
            return Stream.generate(() -> choices.oneOf("true", "false"))
                    .limit(length)
                    .toList();
        }
        return type.isFloat() ? floats(choices, type, length) : integers(choices, type, length);
    }

    private static List<String> integers(Choices choices, ScalarType type, int length) {
        return Stream.generate(() -> choices.integer(type))
                .limit(length)
                .filter(value -> value.compareTo(type.max(Abi.ILP32)) <= 0)
                .collect(Collectors.toCollection(TreeSet::new))
                .stream()
                .map(Object::toString)
                .collect(Collectors.collectingAndThen(Collectors.toList(), RandomTables::atLeastOne));
    }

    private static List<String> floats(Choices choices, ScalarType type, int length) {
        boolean single = type == ScalarType.F32;
        // Both zeros are one bound.
        double[] bounds = Stream.generate(choices::number)
                .limit(length)
                .mapToDouble(value -> 0.0 + (single ? value.floatValue() : value))
                .filter(value -> !Double.isNaN(value))
                .distinct()
                .sorted()
                .toArray();
        List<String> texts = new ArrayList<>();
        Arrays.stream(bounds)
                .mapToObj(value -> single ? Float.toString((float) value) : Double.toString(value))
                .forEach(value -> texts.add(value.replace("Infinity", "inf").toLowerCase(Locale.ROOT)));
        return atLeastOne(texts);
    }

    private static List<String> atLeastOne(List<String> values) {
        return values.isEmpty() ? List.of("1") : values;
    }
}
