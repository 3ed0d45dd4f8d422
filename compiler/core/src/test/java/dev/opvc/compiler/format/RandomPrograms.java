// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.format;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Makes programs that parse, as lists of tokens. They need not mean anything. */
final class RandomPrograms {
    private static final int DEPTH_MAX = 4;
    private static final int BLOCK_DEPTH_MAX = 2;
    private static final int LIST_MAX = 5;
    /** One list in so many is long enough to be wrapped. */
    private static final int LONG_LIST_ONE_IN = 8;

    private static final int LONG_LIST_MAX = 24;
    /** Where a statement has that many tokens, it gets no more than it needs to end. */
    private static final int STATEMENT_TOKENS_ENOUGH = 200;

    private static final List<String> PRIMITIVES =
            List.of("u8", "u16", "u32", "u64", "i8", "i32", "i64", "f32", "f64", "bool", "byte", "uptr");
    private static final List<String> NAMES = List.of(
            "a",
            "b",
            "max",
            "drain",
            "value",
            "Node",
            "size_class",
            "a_long_name_of_a_counter",
            "the_longest_name_that_anybody_would_give_to_a_field_of_a_structure");
    private static final List<String> LITERALS =
            List.of("0", "1", "42", "0xff_ff", "0b101", "1.5", "2e10", "1.0e-3", "true", "null", "inf", "nan");
    private static final List<String> ASSIGNMENTS =
            List.of("=", "+=", "-=", "*=", "/=", "%=", "|=", "&=", "^=", "<<=", ">>=");
    private static final List<String> STATEMENT_ENDS = List.of(";", "{", "}");
    private static final List<String> PREFIXES = List.of("-", "!", "~", "*", "&");
    /** Operators of one list may stand beside each other without parentheses. */
    private static final List<List<String>> OPERATOR_GROUPS = List.of(
            List.of("+", "-", "*", "/", "%"),
            List.of("&", "|", "^"),
            List.of("&&", "||"),
            List.of("<", "==", ">=", "!="));

    private final Random random;
    private final List<String> tokens = new ArrayList<>();
    private int statementStart;

    private RandomPrograms(Random random) {
        this.random = random;
    }

    static List<String> program(Random random) {
        RandomPrograms programs = new RandomPrograms(random);
        programs.file();
        return List.copyOf(programs.tokens);
    }

    private void file() {
        if (random.nextBoolean()) {
            add("package", "com", ".", name(), ".", "max", ";");
        }
        if (random.nextBoolean()) {
            add("prefix", random.nextBoolean() ? name() : "prefix", ";");
        }
        times(3, () -> add("import", "\"folder/some // file.opv\"", ";"));
        times(6, this::declaration);
    }

    private void declaration() {
        switch (random.nextInt(5)) {
            case 0 -> {
                add("const", name(), "=");
                expression(0);
                add(";");
            }
            case 1 -> table();
            case 2 -> struct();
            default -> unit();
        }
    }

    private void table() {
        add("const", name(), ":");
        type();
        add("[", "]", "=", "{");
        expression(DEPTH_MAX - 1);
        times(LIST_MAX, () -> {
            add(",");
            expression(DEPTH_MAX - 1);
        });
        add("}", ";");
    }

    private void struct() {
        if (random.nextBoolean()) {
            add("percpu");
        }
        add("struct", name(), "{");
        times(LIST_MAX, () -> {
            named(this::fieldLength);
            if (random.nextBoolean()) {
                add("=");
                expression(0);
            }
            add(";");
        });
        add("}");
    }

    /** A type, a name and the lengths of an array. */
    private void named(Runnable length) {
        type();
        add(name());
        times(2, () -> {
            add("[");
            length.run();
            add("]");
        });
    }

    private void fieldLength() {
        expression(DEPTH_MAX - 1);
        if (random.nextInt(4) == 0) {
            add("max");
            expression(DEPTH_MAX - 1);
        }
    }

    private void resultLength() {
        if (random.nextInt(3) > 0) {
            expression(DEPTH_MAX - 1);
        }
    }

    private void type() {
        add(random.nextBoolean() ? pick(PRIMITIVES) : name());
        times(2, () -> add("*"));
    }

    private void unit() {
        add(pick(List.of("transaction", "vector", "query", "drain")), name(), "(");
        list(this::parameter, random.nextBoolean());
        add(")");
        if (random.nextBoolean()) {
            add("returns", "(");
            list(() -> named(this::resultLength), false);
            add(")");
        }
        if (random.nextInt(3) == 0) {
            add("outcomes", "(");
            list(() -> add(name()), false);
            add(")");
        }
        block(0);
    }

    private void parameter() {
        if (random.nextBoolean()) {
            add("percpu");
        }
        type();
        add(name());
        if (random.nextInt(4) == 0) {
            add("max");
            expression(DEPTH_MAX - 1);
        }
    }

    private void block(int depth) {
        add("{");
        times(LIST_MAX, () -> statement(depth));
        if (random.nextInt(3) == 0) {
            guard(depth);
        }
        add("}");
    }

    /** An {@code if} without braces takes all that follows, so it comes last. */
    private void guard(int depth) {
        add("if");
        expression(1);
        add("then");
        times(LIST_MAX, () -> statement(depth));
        if (random.nextInt(3) == 0) {
            guard(depth);
        }
    }

    private void statement(int depth) {
        switch (random.nextInt(depth < BLOCK_DEPTH_MAX ? 10 : 9)) {
            case 0 -> {
                add("let", name(), "=");
                expression(0);
            }
            case 1 -> {
                add("require");
                expression(0);
                add("else", name());
            }
            case 2 -> add("barrier");
            case 3 -> {
                add("(");
                expression(2);
                add(")", pick(List.of("++", "--")));
            }
            case 4 -> call(0);
            case 5 -> {
                add("reset");
                expression(2);
            }
            case 6 -> {
                add("release");
                expression(2);
                add("=");
                expression(0);
            }
            case 7, 8 -> {
                add(name(), "->", name(), pick(ASSIGNMENTS));
                expression(0);
            }
            default -> {
                conditional(depth + 1);
                return;
            }
        }
        add(";");
    }

    private void conditional(int depth) {
        add("if");
        expression(2);
        add("then");
        block(depth);
        times(2, () -> {
            add("else", "if");
            expression(2);
            add("then");
            block(depth);
        });
        if (random.nextBoolean()) {
            add("else");
            block(depth);
        }
    }

    private void expression(int wantedDepth) {
        int depth = tokens.size() - statementStart > STATEMENT_TOKENS_ENOUGH ? DEPTH_MAX : wantedDepth;
        int operands = random.nextInt(LONG_LIST_ONE_IN) == 0 ? random.nextInt(LONG_LIST_MAX / 2) : random.nextInt(3);
        List<String> operators = pick(OPERATOR_GROUPS);
        operand(depth);
        if (depth < DEPTH_MAX) {
            for (int i = 0; i < operands; i++) {
                add(pick(operators));
                operand(depth);
            }
        }
    }

    private void operand(int depth) {
        while (random.nextInt(4) == 0) {
            add(pick(PREFIXES));
        }
        primary(depth);
        while (random.nextInt(3) == 0) {
            add(pick(List.of(".", "->")), name());
        }
    }

    private void primary(int depth) {
        switch (random.nextInt(depth < DEPTH_MAX ? 7 : 2)) {
            case 0 -> add(pick(LITERALS));
            case 1 -> add(name());
            case 2 -> call(depth + 1);
            case 3 -> {
                add(pick(PRIMITIVES), "(");
                expression(depth + 1);
                add(")");
            }
            case 4 -> {
                add("cast", "<");
                type();
                add(">", "(");
                expression(depth + 1);
                add(")");
            }
            case 5 -> {
                add("sizeof", "(");
                type();
                add(")");
            }
            default -> {
                add("(");
                expression(depth + 1);
                add(")");
            }
        }
    }

    private void call(int depth) {
        add(name(), "(");
        if (random.nextInt(4) != 0) {
            list(() -> expression(depth + 1), false);
        }
        add(")");
    }

    /** At least one, with commas between. */
    private void list(Runnable element, boolean mayBeLong) {
        boolean isLong = mayBeLong && random.nextInt(LONG_LIST_ONE_IN) == 0;
        element.run();
        times(isLong ? LONG_LIST_MAX : LIST_MAX, () -> {
            add(",");
            element.run();
        });
    }

    private void times(int below, Runnable action) {
        int count = random.nextInt(below);
        for (int i = 0; i < count; i++) {
            action.run();
        }
    }

    private String name() {
        return pick(NAMES);
    }

    private <T> T pick(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    private void add(String... more) {
        tokens.addAll(List.of(more));
        if (STATEMENT_ENDS.contains(more[more.length - 1])) {
            statementStart = tokens.size();
        }
    }
}
