// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.c.text;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The statements of a function's body, in blocks that end by returning: so what a block has in its variables is gone
 * behind it. Variables that no statement behind them uses are left out.
 */
public final class Statements {
    /** One level of nesting. */
    public static final String INDENT = CText.INDENT;

    /** The function's own statements, and those of the blocks that are open, innermost first. */
    private final Deque<List<Statement>> open = new ArrayDeque<>();

    private final Deque<Integer> outerBases = new ArrayDeque<>();
    private int base;

    public Statements() {
        open.push(new ArrayList<>());
    }

    /** Says from what the numbers count that the next statements have by {@link Numbering}. */
    public void countFrom(int counted) {
        base = counted;
    }

    public void add(String... lines) {
        add(List.of(lines));
    }

    public void add(List<String> lines) {
        current().add(new Statement(lines, base, null, false, null));
    }

    /** Adds a statement that is done where a condition holds. */
    public void addIf(CExpression condition, String statement) {
        add("if (" + condition + ")", INDENT + statement);
    }

    /** Declares a variable with its value, which takes nothing else than the computation. */
    public void declare(String declaration, CExpression value) {
        addDeclaration(declaration, value, true);
    }

    /** Declares a variable with what is found at its turn among other statements. */
    public void declareInTurn(String declaration, CExpression value) {
        addDeclaration(declaration, value, false);
    }

    private void addDeclaration(String declaration, CExpression value, boolean optional) {
        List<String> lines = List.of(declaration + " = " + value + ";");
        current().add(new Statement(lines, base, Statement.Variable.of(declaration), optional, null));
    }

    /** Begins a block: what follows stands in it. */
    public void open(String head) {
        List<Statement> block = new ArrayList<>();
        current().add(new Statement(List.of(head), base, null, false, block));
        open.push(block);
        outerBases.push(base);
    }

    /** Ends the block that was begun last, which has to end by returning: what it counted has not been counted. */
    public void close() {
        open.pop();
        base = outerBases.pop();
    }

    private List<Statement> current() {
        return open.element();
    }

    /** All lines, below those that name the given parameters if nothing else does. */
    public List<String> lines(List<String> parameters) {
        return withUnused(parameters, SharedEnds.writtenOut(needed()));
    }

    /**
     * The function that these statements are the body of, behind those that have the ends which several of its paths
     * share, where there is much to share.
     *
     * @param name the function's name; it returns an int
     * @param parameters their declarations
     */
    public List<FunctionText> functions(String name, List<String> parameters) {
        List<FunctionText> functions = new ArrayList<>(SharedEnds.functions(needed(), name, parameters));
        FunctionText whole = functions.remove(functions.size() - 1);
        List<String> names = parameters.stream()
                .map(parameter -> Statement.Variable.of(parameter).name())
                .toList();
        functions.add(new FunctionText(whole.head(), parameters, withUnused(names, whole.lines())));
        return List.copyOf(functions);
    }

    private static List<String> withUnused(List<String> parameters, List<String> lines) {
        Set<String> used = new Statement(lines, 0, null, false, null).names();
        List<String> all = new ArrayList<>();
        for (String parameter : parameters) {
            if (!used.contains(parameter)) {
                all.add("(void)" + parameter + ";");
            }
        }
        all.addAll(lines);
        return List.copyOf(all);
    }

    /** What is left without the variables that nothing uses. */
    private List<Statement> needed() {
        return needed(open.getLast(), new HashSet<>());
    }

    /** From the last to the first: then it is known what is used behind each. */
    private static List<Statement> needed(List<Statement> block, Set<String> used) {
        List<Statement> backwards = new ArrayList<>();
        for (int i = block.size() - 1; i >= 0; i--) {
            Statement statement = block.get(i);
            Statement.Variable variable = statement.declares();
            if (variable == null || !statement.optional() || used.contains(variable.name())) {
                Set<String> usedInBlock = new HashSet<>();
                backwards.add(
                        statement.block() == null
                                ? statement
                                : statement.withBlock(needed(statement.block(), usedInBlock)));
                used.addAll(usedInBlock);
                used.addAll(statement.names());
            }
        }
        Collections.reverse(backwards);
        return backwards;
    }
}
