// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.c.text;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The statements of a function's body. Variables that no statement behind them uses are left out. */
public final class Statements {
    /** Where tags and members are named, which have a name space of their own. */
    private static final Pattern OTHER_NAMES = Pattern.compile("(sizeof|offsetof)\\([^)]*\\)|struct [A-Za-z0-9_]+");

    /** A name that is not a member's. */
    private static final Pattern NAME = Pattern.compile("(?<![A-Za-z0-9_.>])[A-Za-z_][A-Za-z0-9_]*+");

    /** @param variable what it declares, if it has no other effect */
    private record Statement(List<String> lines, @Nullable String variable) {}

    /** One level of nesting. */
    public static final String INDENT = CText.INDENT;

    private final List<Statement> statements = new ArrayList<>();
    private String indent = "";

    public void add(String... lines) {
        add(List.of(lines));
    }

    public void add(List<String> lines) {
        statements.add(new Statement(indented(lines), null));
    }

    /** Adds a statement that is done where a condition holds. */
    public void addIf(CExpression condition, String statement) {
        add("if (" + condition + ")", INDENT + statement);
    }

    /** Declares a variable with its value. */
    public void declare(String declaration, String variable, CExpression value) {
        statements.add(new Statement(indented(List.of(declaration + " = " + value + ";")), variable));
    }

    /** Begins a block: what follows stands in it. */
    public void open(String head) {
        add(head + " {");
        indent += INDENT;
    }

    /** Ends the block that was begun last. */
    public void close() {
        indent = indent.substring(INDENT.length());
        add("}");
    }

    private List<String> indented(List<String> lines) {
        return lines.stream().map(line -> indent + line).toList();
    }

    /** All lines, below those that name the given parameters if nothing else does. */
    public List<String> lines(Collection<String> parameters) {
        Deque<List<String>> kept = new ArrayDeque<>();
        Set<String> used = new HashSet<>();
        for (int i = statements.size() - 1; i >= 0; i--) {
            Statement statement = statements.get(i);
            String variable = statement.variable();
            if (variable == null || used.contains(variable)) {
                kept.addFirst(statement.lines());
                statement.lines().forEach(line -> addNames(line, used));
            }
        }
        List<String> lines = new ArrayList<>();
        for (String parameter : parameters) {
            if (!used.contains(parameter)) {
                lines.add("(void)" + parameter + ";");
            }
        }
        kept.forEach(lines::addAll);
        return List.copyOf(lines);
    }

    private static void addNames(String line, Set<String> names) {
        Matcher name = NAME.matcher(OTHER_NAMES.matcher(line).replaceAll(""));
        while (name.find()) {
            names.add(name.group());
        }
    }
}
