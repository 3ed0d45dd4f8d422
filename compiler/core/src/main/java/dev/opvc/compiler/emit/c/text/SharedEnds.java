// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.c.text;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes a function's body, and what several of its paths do at their ends as functions of their own, which those paths
 * return. A body that is not long is written out as it is.
 */
final class SharedEnds {
    /** A body of fewer lines has all its paths written out: a compiler sees more of it so, and a reader too. */
    private static final int SHARE_FROM_LINES = 200;

    /** What an end does in fewer lines, beside what it calls, is not worth a call. */
    private static final int LEAST_LINES = 4;

    private static final String COUNTED = "count";

    private final String name;

    /** By names, in the order in which calls pass them: parameters, then variables. */
    private final Map<String, Statement.Variable> declarations = new LinkedHashMap<>();

    private final Map<BlockEnd, String> names = new HashMap<>();
    private final List<FunctionText> functions = new ArrayList<>();
    private final boolean shares;

    private SharedEnds(String name, List<String> parameters, List<Statement> body, boolean shares) {
        this.name = name;
        this.shares = shares;
        parameters.stream().map(Statement.Variable::of).forEach(each -> declarations.put(each.name(), each));
        Map<String, Statement.Variable> variables = new TreeMap<>();
        collect(body, variables);
        variables.forEach(declarations::putIfAbsent);
    }

    private static void collect(List<Statement> block, Map<String, Statement.Variable> variables) {
        for (Statement statement : block) {
            if (statement.declares() != null) {
                variables.put(statement.declares().name(), statement.declares());
            }
            if (statement.block() != null) {
                collect(statement.block(), variables);
            }
        }
    }

    /** A body, with everything written out. */
    static List<String> writtenOut(List<Statement> body) {
        if (body.isEmpty()) {
            return List.of();
        }
        return new SharedEnds("", List.of(), body, false).lines(new BlockEnd.Pool().whole(body));
    }

    /**
     * The functions that a body becomes, each behind those that it calls.
     *
     * @param name of the function whose body it is, which returns an int
     * @param parameters their declarations
     */
    static List<FunctionText> functions(List<Statement> body, String name, List<String> parameters) {
        BlockEnd whole = new BlockEnd.Pool().whole(body);
        SharedEnds ends = new SharedEnds(name, parameters, body, whole.lines >= SHARE_FROM_LINES);
        List<String> lines = ends.lines(whole);
        ends.functions.add(new FunctionText("int " + name, parameters, lines));
        return List.copyOf(ends.functions);
    }

    private List<String> lines(BlockEnd whole) {
        List<String> lines = new ArrayList<>();
        new Writer(whole.places(), "", lines).write(whole, 0, "");
        return lines;
    }

    /** Writes one function. */
    private final class Writer {
        private final int places;
        private final String counted;
        private final List<String> lines;

        /**
         * @param places at how many places its body would stand: what stands at more is shared with others
         * @param counted the variable that has what was counted before it; empty if nothing was
         */
        Writer(int places, String counted, List<String> lines) {
            this.places = places;
            this.counted = counted;
            this.lines = lines;
        }

        void write(BlockEnd from, int firstBase, String indent) {
            int base = firstBase;
            for (BlockEnd end = from; end != null; end = end.next) {
                if (shares && end.places() > places && isWorthACall(end)) {
                    lines.add(indent + "return " + call(end, Numbering.number(base, counted)) + ";");
                    return;
                }
                write(end.statement, base, indent);
                if (end.block != null) {
                    lines.set(lines.size() - 1, lines.get(lines.size() - 1) + " {");
                    write(end.block, base, indent + Statements.INDENT);
                    lines.add(indent + "}");
                }
                base += end.step;
            }
        }

        /** Not where it does little before it would call an end that still more paths share. */
        private boolean isWorthACall(BlockEnd end) {
            BlockEnd shared = end.next;
            while (shared != null && shared.places() == end.places()) {
                shared = shared.next;
            }
            return end.lines - (shared == null ? 0 : shared.lines) >= LEAST_LINES;
        }

        private void write(Statement statement, int base, String indent) {
            for (String line : statement.lines()) {
                lines.add(indent + Numbering.resolve(line, base, counted));
            }
        }
    }

    private String call(BlockEnd end, String number) {
        String function = names.get(end);
        if (function == null) {
            function = name + "_end" + (names.size() + 1) + "_";
            names.put(end, function);
            add(end, function);
        }
        List<String> arguments =
                new ArrayList<>(free(end).stream().map(Statement.Variable::name).toList());
        if (end.isNumbered) {
            arguments.add(number);
        }
        return function + "(" + String.join(", ", arguments) + ")";
    }

    private void add(BlockEnd end, String function) {
        List<String> lines = new ArrayList<>();
        new Writer(end.places(), COUNTED, lines).write(end, 0, "");
        List<String> declared = new ArrayList<>(
                free(end).stream().map(Statement.Variable::declaration).toList());
        if (end.isNumbered) {
            declared.add("int " + COUNTED);
        }
        functions.add(new FunctionText("int " + function, declared, lines));
    }

    private List<Statement.Variable> free(BlockEnd end) {
        return declarations.values().stream()
                .filter(variable -> end.free.contains(variable.name()))
                .toList();
    }
}
