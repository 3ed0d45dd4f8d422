// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.c.text;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The statements of a function's body, in blocks that end by returning: so what a block has in its variables is gone
 * behind it. Variables that no statement behind them uses are left out.
 */
public final class Statements {
    /** One level of nesting. */
    public static final String INDENT = CText.INDENT;

    /** Where tags and members are named, which have a name space of their own. */
    private static final Pattern OTHER_NAMES = Pattern.compile("(sizeof|offsetof)\\([^)]*\\)|struct [A-Za-z0-9_]+");

    /** A name that is not a member's. */
    private static final Pattern NAME = Pattern.compile("(?<![A-Za-z0-9_.>])[A-Za-z_][A-Za-z0-9_]*+");

    /**
     * A statement.
     *
     * @param lines of a block, what stands before its brace
     * @param variable what it declares, if it has no other effect
     * @param block what stands in braces behind it
     */
    private record Statement(
            List<String> lines,
            @Nullable String variable,
            @Nullable List<Statement> block) {}

    /** The function's own statements, and those of the blocks that are open, innermost first. */
    private final Deque<List<Statement>> open = new ArrayDeque<>();

    public Statements() {
        open.push(new ArrayList<>());
    }

    public void add(String... lines) {
        add(List.of(lines));
    }

    public void add(List<String> lines) {
        current().add(new Statement(lines, null, null));
    }

    /** Adds a statement that is done where a condition holds. */
    public void addIf(CExpression condition, String statement) {
        add("if (" + condition + ")", INDENT + statement);
    }

    /** Declares a variable with its value. */
    public void declare(String declaration, String variable, CExpression value) {
        current().add(new Statement(List.of(declaration + " = " + value + ";"), variable, null));
    }

    /** Begins a block: what follows stands in it. */
    public void open(String head) {
        List<Statement> block = new ArrayList<>();
        current().add(new Statement(List.of(head), null, block));
        open.push(block);
    }

    /** Ends the block that was begun last, which has to end by returning. */
    public void close() {
        open.pop();
    }

    private List<Statement> current() {
        return open.element();
    }

    /** All lines, below those that name the given parameters if nothing else does. */
    public List<String> lines(Collection<String> parameters) {
        Set<String> used = new HashSet<>();
        List<String> body = lines(open.getLast(), "", used);
        List<String> lines = new ArrayList<>();
        for (String parameter : parameters) {
            if (!used.contains(parameter)) {
                lines.add("(void)" + parameter + ";");
            }
        }
        lines.addAll(body);
        return List.copyOf(lines);
    }

    /** The lines of a block, from the last to the first: then it is known what is used behind each. */
    private static List<String> lines(List<Statement> block, String indent, Set<String> used) {
        List<String> backwards = new ArrayList<>();
        for (int i = block.size() - 1; i >= 0; i--) {
            Statement statement = block.get(i);
            String variable = statement.variable();
            if (variable == null || used.contains(variable)) {
                addBackwards(statement, indent, used, backwards);
            }
        }
        Collections.reverse(backwards);
        return backwards;
    }

    private static void addBackwards(Statement statement, String indent, Set<String> used, List<String> backwards) {
        List<String> lines = new ArrayList<>();
        statement.lines().forEach(line -> lines.add(indent + line));
        if (statement.block() != null) {
            Set<String> usedInBlock = new HashSet<>();
            lines.set(lines.size() - 1, lines.get(lines.size() - 1) + " {");
            lines.addAll(lines(statement.block(), indent + INDENT, usedInBlock));
            lines.add(indent + "}");
            used.addAll(usedInBlock);
        }
        statement.lines().forEach(line -> addNames(line, used));
        Collections.reverse(lines);
        backwards.addAll(lines);
    }

    private static void addNames(String line, Set<String> names) {
        Matcher name = NAME.matcher(OTHER_NAMES.matcher(line).replaceAll(""));
        while (name.find()) {
            names.add(name.group());
        }
    }
}
