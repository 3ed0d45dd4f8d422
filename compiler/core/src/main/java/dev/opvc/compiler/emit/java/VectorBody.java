// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.java;

import com.palantir.javapoet.CodeBlock;
import dev.opvc.compiler.vector.Operation;
import dev.opvc.compiler.vector.Step;
import dev.opvc.compiler.vector.VectorPath;
import dev.opvc.compiler.vector.VectorUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Renders the vector form of a unit that reads nothing before its vector runs: preparation, the vector, and what it
 * means.
 */
final class VectorBody {
    private final VectorUnit unit;
    private final VectorPath path;
    private final Locals locals;
    private final Slots slots;
    private final Ending ending;
    private final ExpressionRenderer expressions;
    private final RangeCheckRenderer checks;
    private final Cells cells;
    private final OperationRenderer operations;

    private final CodeBlock.Builder code = CodeBlock.builder();
    private final List<Step.Guard> guards = new ArrayList<>();
    private boolean vectorBegun;

    VectorBody(VectorUnit unit, VectorPath path, Locals locals, JavaLayout layout, Ending ending) {
        this.unit = unit;
        this.path = path;
        this.locals = locals;
        this.slots = new Slots(unit, locals);
        this.ending = ending;
        this.expressions = new ExpressionRenderer(locals);
        AddressRenderer addresses = new AddressRenderer(layout, expressions);
        this.checks = new RangeCheckRenderer(expressions, addresses);
        this.cells = new Cells(path, locals, expressions);
        this.operations = new OperationRenderer(expressions, addresses, cells);
    }

    CodeBlock render() {
        if (unit.perCpuParameters().isEmpty() && decidesWithoutVector()) {
            code.addStatement("$T.checkPossible($L)", RuntimeClasses.CPUS, locals.cpu());
        }
        code.add(slots.find());
        path.preparation().forEach(this::step);
        path.writes().forEach(this::append);
        beginVector();
        return code.add(ending.commit(guards)).build();
    }

    /** Whether it may end without a vector, which would look at the CPU's number. */
    private boolean decidesWithoutVector() {
        return path.preparation().stream()
                .takeWhile(step -> !(step instanceof Step.Guard))
                .anyMatch(Step.Decide.class::isInstance);
    }

    private void step(Step step) {
        if (step instanceof Step.Bind bind) {
            bind(bind);
        } else if (step instanceof Step.Check check) {
            check(check);
        } else if (step instanceof Step.Decide decide) {
            decide(decide);
        } else {
            Step.Guard guard = (Step.Guard) step;
            append(guard.operation());
            guards.add(guard);
        }
    }

    private void bind(Step.Bind bind) {
        code.addStatement(
                "$T $L = $L",
                JavaType.of(bind.value().type()).typeName(),
                locals.value(bind.binding()),
                expressions.asArgument(bind.value()));
    }

    private void check(Step.Check check) {
        Optional<CodeBlock> statement = checks.statement(check.check());
        if (guards.isEmpty() && statement.isPresent()) {
            code.addStatement(statement.get());
            return;
        }
        RangeCheckRenderer.RenderedCheck rendered = checks.render(check.check());
        code.beginControlFlow("if ($L)", rendered.failed())
                .add(ending.fail(rendered.exception(), guards))
                .endControlFlow();
    }

    private void decide(Step.Decide decide) {
        code.beginControlFlow("if ($L)", expressions.negated(decide.condition()).code())
                .add(ending.conclude(decide.outcome(), guards))
                .endControlFlow();
    }

    private void append(Operation operation) {
        beginVector();
        code.add(cells.declareFor(operation));
        code.addStatement("$L.$L", locals.vector(), operations.append(operation));
    }

    private void beginVector() {
        if (vectorBegun) {
            return;
        }
        vectorBegun = true;
        code.add(slots.beginVector());
    }
}
