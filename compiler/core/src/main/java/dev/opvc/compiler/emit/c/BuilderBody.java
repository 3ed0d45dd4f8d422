// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.c;

import dev.opvc.compiler.model.Address;
import dev.opvc.compiler.model.Binding;
import dev.opvc.compiler.model.Parameter;
import dev.opvc.compiler.vector.Operation;
import dev.opvc.compiler.vector.Step;
import dev.opvc.compiler.vector.VectorPath;
import dev.opvc.compiler.vector.VectorUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The statements of a builder: preparation in the order of its steps, then the writes.
 *
 * <p>A cell gets its value right before the first operation that uses it. By then the checks on which its value depends
 * have been made, and the cells of all guards so far are there when preparation concludes something.
 */
final class BuilderBody {
    private static final String RANGE_ERROR = "-EINVAL";
    private static final String INDENT = "    ";

    private static final Pattern NAME = Pattern.compile("(?<![A-Za-z0-9_.>])[A-Za-z_][A-Za-z0-9_]*+");

    /** Where tags and members are named, which have a name space of their own. */
    private static final Pattern OTHER_NAMES = Pattern.compile("(sizeof|offsetof)\\([^)]*\\)|struct [A-Za-z0-9_]+");

    private final UnitNames names;
    private final LocalNames locals;
    private final ExpressionRenderer expressions;
    private final OperationRenderer operations;
    private final RangeCheckRenderer checks;

    /** Each statement by itself, so that it can be found out what those behind it use. */
    private final List<List<String>> statements = new ArrayList<>();

    private final Set<Integer> filledCells = new HashSet<>();
    private int operationCount;

    private BuilderBody(UnitNames names, LocalNames locals) {
        this.names = names;
        this.locals = locals;
        this.expressions = new ExpressionRenderer(locals);
        this.operations = new OperationRenderer(locals, expressions);
        this.checks = new RangeCheckRenderer(expressions);
    }

    /** The lines between the builder's braces. */
    static List<String> lines(VectorUnit unit, UnitNames names, LocalNames locals) {
        VectorPath path = UnitShape.path(unit);
        BuilderBody body = new BuilderBody(names, locals);
        path.preparation().forEach(body::addStep);
        path.writes().forEach(body::addOperation);
        List<String> lines = new ArrayList<>();
        if (UnitShape.canConclude(unit)) {
            lines.add("*conclusion = 0;");
        }
        lines.addAll(body.discarded(unit));
        body.statements.forEach(lines::addAll);
        lines.add(body.returnCount());
        return List.copyOf(lines);
    }

    private void addStep(Step step) {
        if (step instanceof Step.Bind bind) {
            addBinding(bind.binding());
        } else if (step instanceof Step.Check check) {
            addConclusion(checks.render(check.check()), RANGE_ERROR);
        } else if (step instanceof Step.Decide decide) {
            String outcome = names.enumerator(decide.outcome().name());
            addConclusion(expressions.render(decide.condition()), outcome);
        } else {
            addOperation(((Step.Guard) step).operation());
        }
    }

    private void addBinding(Binding binding) {
        String declaration = CTypes.declare(binding.value().type(), locals.of(binding));
        statements.add(List.of(declaration + " = " + expressions.render(binding.value()) + ";"));
    }

    private void addConclusion(CExpression condition, String conclusion) {
        statements.add(List.of(
                "if (" + CExpression.not(condition) + ") {",
                INDENT + "*conclusion = " + conclusion + ";",
                INDENT + returnCount(),
                "}"));
    }

    private void addOperation(Operation operation) {
        List<String> lines = new ArrayList<>();
        for (Operation.Operand operand : operation.operands()) {
            if (operand.address() instanceof Address.OfCell cell && filledCells.add(cell.number())) {
                lines.add(operations.fill(cell));
            }
        }
        lines.addAll(operations.render(operation, operationCount));
        statements.add(lines);
        operationCount++;
    }

    private String returnCount() {
        return "return " + operationCount + ";";
    }

    /** What is said of parameters and bindings that no statement uses. */
    private List<String> discarded(VectorUnit unit) {
        Map<String, Integer> mentions = mentions();
        List<String> lines = new ArrayList<>();
        if (operationCount == 0) {
            lines.add(discard("ops"));
        }
        for (Parameter parameter : unit.parameters()) {
            if (!mentions.containsKey(locals.of(parameter))) {
                lines.add(discard(locals.of(parameter)));
            }
        }
        List<Step> preparation = UnitShape.path(unit).preparation();
        for (int i = 0; i < preparation.size(); i++) {
            // Its declaration is one mention.
            if (preparation.get(i) instanceof Step.Bind bind
                    && mentions.getOrDefault(locals.of(bind.binding()), 0) == 1) {
                String discard = discard(locals.of(bind.binding()));
                statements.set(i, List.of(statements.get(i).get(0), discard));
            }
        }
        return lines;
    }

    private static String discard(String name) {
        return "(void)" + name + ";";
    }

    /** How often each name stands in the statements. */
    private Map<String, Integer> mentions() {
        Map<String, Integer> mentions = new HashMap<>();
        for (List<String> statement : statements) {
            for (String line : statement) {
                Matcher name = NAME.matcher(OTHER_NAMES.matcher(line).replaceAll(""));
                while (name.find()) {
                    mentions.merge(name.group(), 1, Integer::sum);
                }
            }
        }
        return mentions;
    }
}
