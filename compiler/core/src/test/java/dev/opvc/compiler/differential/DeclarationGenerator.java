// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.differential;

import dev.opvc.compiler.model.ScalarType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Writes the structs and constants that a batch of transactions shares: leaves that hold no struct of another kind,
 * nodes that lists are made of, and two per-CPU structs.
 */
final class DeclarationGenerator {
    /** Names of constants, with values that tests of types need; literals of these are used by name too. */
    static final List<String> CONSTANTS = List.of(
            "const FEW = 3;",
            "const MASK = (1 << 5) - 1;",
            "const BIG = 300;",
            "const HALF = 0.5;",
            "const LONG = 96;");

    /** Elements of an array that is given its length when it is allocated, at most. */
    private static final int SIZED_MAX = 6;

    private static final List<ScalarType> SCALARS = List.of(ScalarType.values());

    private final Choices choices;
    private final StringBuilder text = new StringBuilder();

    DeclarationGenerator(Choices choices) {
        this.choices = choices;
    }

    String generate() {
        CONSTANTS.forEach(constant -> text.append(constant).append('\n'));
        RandomTables.declare(choices, text);
        struct("struct Leaf", List.of(), 3, 6, List.of());
        struct("struct Inner", List.of(), 2, 4, List.of("Leaf"));
        struct(
                "struct Node",
                List.of("Node *next", "Leaf *leaf", "Inner inner", "u64 value", "Node *links[2]"),
                3,
                6,
                List.of("Leaf", "Inner"));
        // Longer than one block of a copy, so that the order of blocks shows where copies overlap.
        struct("struct Page", List.of("byte bytes[LONG]", "u16 words[8]"), 1, 2, List.of("Leaf"));
        struct(
                "percpu struct Shard",
                List.of("u64 count = 7", "Node *head", "Leaf leaf", "u32 table[4]", "u8 index", "f64 sum = inf"),
                3,
                7,
                List.of("Leaf", "Inner"));
        struct(
                "percpu struct Lane",
                List.of("i64 level = -1", "bool open = true", "Node *links[3]"),
                2,
                5,
                List.of("Inner"));
        return text.toString();
    }

    /** An array at the end that is given its length when it is allocated. */
    private Optional<String> sized() {
        String element = choices.chance(25)
                ? choices.oneOf("Leaf", "Node *")
                : choices.pick(SCALARS).toString();
        String rows = choices.chance(15) ? "[2]" : "";
        return choices.chance(70)
                ? Optional.of(element + " tail[n max " + choices.between(1, SIZED_MAX) + "]" + rows)
                : Optional.empty();
    }

    private void struct(String head, List<String> fixed, int least, int most, List<String> structs) {
        List<String> fields = new ArrayList<>(fixed);
        int count = choices.between(least, most);
        for (int i = 0; i < count; i++) {
            fields.add(choices.below(fields.size() + 1), field("f" + i, structs));
        }
        text.append(head).append(" {\n");
        if (head.startsWith("percpu")) {
            sized().ifPresent(fields::add);
        }
        fields.forEach(field -> text.append("    ").append(field).append(";\n"));
        text.append("}\n");
    }

    private String field(String name, List<String> structs) {
        ScalarType type = choices.pick(SCALARS);
        String scalar = type.toString();
        return switch (choices.below(10)) {
            case 0, 1 -> scalar + " " + name + "[" + choices.between(1, 4) + "]" + initial(type);
            case 2 -> scalar + " " + name + "[2][3]" + initial(type);
            case 3 -> scalar + " *" + name;
            case 4 -> structs.isEmpty() ? scalar + " " + name : choices.pick(structs) + " " + name;
            case 5 -> structs.isEmpty() ? scalar + " " + name : choices.pick(structs) + " *" + name;
            case 6 -> structs.isEmpty() ? scalar + " " + name : choices.pick(structs) + " " + name + "[2]";
            default -> scalar + " " + name + initial(type);
        };
    }

    /** With what a field of a scalar type begins, or each element of an array of these; mostly nothing is said. */
    private String initial(ScalarType type) {
        if (choices.chance(60)) {
            return "";
        }
        if (type == ScalarType.BOOL) {
            return " = " + choices.oneOf("true", "false");
        }
        return " = "
                + (type.isFloat()
                        ? choices.oneOf("inf", "-inf", "0.0", "-0.0", "0.1", "-3.5")
                        : choices.oneOf("0", "1", "FEW", "MASK", "127", type.isSigned() ? "-128" : "255"));
    }
}
