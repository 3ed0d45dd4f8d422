// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.java;

import com.palantir.javapoet.CodeBlock;
import dev.opvc.compiler.model.Prepared;
import dev.opvc.compiler.model.Type;
import dev.opvc.compiler.vector.Operation;
import dev.opvc.compiler.vector.ResultValue;
import dev.opvc.compiler.vector.Step;
import dev.opvc.compiler.vector.VectorPath;
import dev.opvc.compiler.vector.VectorUnit;

/**
 * Renders the vector form of a transaction that reads memory or has results. Each turn of a loop begins the vector
 * anew, prepares, and runs it; where nothing is read there is no second turn, and no loop.
 */
final class RetryingBody {
    private final VectorUnit unit;
    private final VectorPath path;
    private final Locals locals;
    private final Slots slots;
    private final Answers answers;
    private final ExpressionRenderer expressions;
    private final AddressRenderer addresses;
    private final RangeCheckRenderer checks;
    private final Cells cells;
    private final OperationRenderer operations;
    private final RetryingEnding ending;

    private final CodeBlock.Builder code = CodeBlock.builder();

    RetryingBody(VectorUnit unit, VectorPath path, Locals locals, JavaLayout layout, Answers answers) {
        this.unit = unit;
        this.path = path;
        this.locals = locals;
        this.slots = new Slots(unit, locals);
        this.answers = answers;
        this.expressions = new ExpressionRenderer(locals);
        this.addresses = new AddressRenderer(layout, expressions);
        this.checks = new RangeCheckRenderer(expressions, addresses);
        this.cells = new Cells(path, locals, expressions);
        this.operations = new OperationRenderer(expressions, addresses, cells);
        this.ending = new RetryingEnding(answers, locals);
    }

    CodeBlock render() {
        if (unit.perCpuParameters().isEmpty()) {
            code.addStatement("$T.checkPossible($L)", RuntimeClasses.CPUS, locals.cpu());
        }
        code.add(slots.find());
        if (!path.canRetry()) {
            turn();
            return code.build();
        }
        String turn = locals.fresh("turn");
        code.beginControlFlow("for (int $L = 0; $T.tryVector($L); $L++)", turn, RuntimeClasses.FORMS, turn, turn);
        turn();
        return code.endControlFlow().build();
    }

    private void turn() {
        code.add(slots.beginVector());
        path.preparation().forEach(this::step);
        path.writes().forEach(this::append);
        code.add(ending.end(committed()));
    }

    private void step(Step step) {
        if (step instanceof Step.Bind bind) {
            code.addStatement(
                    "$T $L = $L",
                    JavaType.of(bind.value().type()).typeName(),
                    locals.value(bind.binding()),
                    expressions.asArgument(bind.value()));
        } else if (step instanceof Step.Check check) {
            RangeCheckRenderer.RenderedCheck rendered = checks.render(check.check());
            concludeIf(rendered.failed(), CodeBlock.of("throw $L", rendered.exception()));
        } else if (step instanceof Step.Decide decide) {
            concludeIf(
                    expressions.negated(decide.condition()).code(),
                    CodeBlock.of("return $L", answers.refused(decide.outcome())));
        } else {
            if (step instanceof Step.Read read) {
                read(read.prepared());
            }
            append(VectorPath.operationOf(step).orElseThrow());
            ending.addCondition(step);
        }
    }

    private void concludeIf(CodeBlock condition, CodeBlock conclusion) {
        code.beginControlFlow("if ($L)", condition)
                .add(ending.conclude(
                        CodeBlock.builder().addStatement(conclusion).build()))
                .endControlFlow();
    }

    private void read(Prepared prepared) {
        Type type = prepared.type();
        CodeBlock address = addresses.address(prepared.place());
        if (locals.hasBits(prepared)) {
            code.addStatement(
                    "$T $L = $L",
                    MemoryAccess.rawType(type).typeName(),
                    locals.bits(prepared),
                    MemoryAccess.readRaw(type, address));
            code.addStatement(
                    "$T $L = $L",
                    JavaType.of(type).typeName(),
                    locals.value(prepared),
                    MemoryAccess.valueOfRaw(type, locals.bits(prepared)));
        } else {
            code.addStatement(
                    "$T $L = $L",
                    JavaType.of(type).typeName(),
                    locals.value(prepared),
                    MemoryAccess.read(type, address));
        }
    }

    private void append(Operation operation) {
        code.add(cells.declareFor(operation));
        code.addStatement("$L.$L", locals.vector(), operations.append(operation));
        ending.addOperation(operation);
    }

    private CodeBlock committed() {
        CodeBlock.Builder end = CodeBlock.builder().add(answers.results(path, locals, this::value));
        answers.committed(path, this::value)
                .ifPresentOrElse(value -> end.addStatement("return $L", value), () -> leaveLoop(end));
        return end.build();
    }

    private void leaveLoop(CodeBlock.Builder end) {
        if (path.canRetry()) {
            end.addStatement("return");
        }
    }

    private CodeBlock value(ResultValue value) {
        return value instanceof ResultValue.Copied copied
                ? MemoryAccess.read(copied.result().type(), cells.address(copied.cell()))
                : expressions.render(((ResultValue.Computed) value).value()).code();
    }
}
