// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.c;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The statements of a function's body. Variables that no statement behind them uses are left out. */
final class Statements {
    /** Where tags and members are named, which have a name space of their own. */
    private static final Pattern OTHER_NAMES = Pattern.compile("(sizeof|offsetof)\\([^)]*\\)|struct [A-Za-z0-9_]+");

    /** @param variable what it declares, if it has no other effect */
    private record Statement(List<String> lines, @Nullable String variable) {}

    private final List<Statement> statements = new ArrayList<>();

    void add(String... lines) {
        add(List.of(lines));
    }

    void add(List<String> lines) {
        statements.add(new Statement(List.copyOf(lines), null));
    }

    /** Declares a variable with its value. */
    void declare(String declaration, String variable, CExpression value) {
        statements.add(new Statement(List.of(declaration + " = " + value + ";"), variable));
    }

    /** All lines, below those that name the given parameters if nothing else does. */
    List<String> lines(Collection<String> parameters) {
        List<String> used = new ArrayList<>();
        for (int i = statements.size() - 1; i >= 0; i--) {
            Statement statement = statements.get(i);
            String variable = statement.variable();
            if (variable == null || isUsed(variable, used)) {
                used.addAll(0, statement.lines());
            }
        }
        List<String> lines = new ArrayList<>();
        for (String parameter : parameters) {
            if (!isUsed(parameter, used)) {
                lines.add("(void)" + parameter + ";");
            }
        }
        lines.addAll(used);
        return List.copyOf(lines);
    }

    private static boolean isUsed(String name, List<String> lines) {
        Pattern word = Pattern.compile("(?<![A-Za-z0-9_.>])" + name + "(?![A-Za-z0-9_])");
        return lines.stream()
                .map(line -> OTHER_NAMES.matcher(line).replaceAll(""))
                .anyMatch(line -> word.matcher(line).find());
    }
}
