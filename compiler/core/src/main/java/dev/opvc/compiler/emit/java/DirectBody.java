// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.java;

import com.palantir.javapoet.CodeBlock;
import dev.opvc.compiler.vector.ResultValue;
import dev.opvc.compiler.vector.Step;
import dev.opvc.compiler.vector.VectorPath;
import dev.opvc.compiler.vector.VectorUnit;
import java.lang.invoke.VarHandle;
import java.util.Optional;

/**
 * Renders the direct form of a transaction: under the CPU's exclusion nothing changes between a read and a store, so it
 * is the preparation and then the writes, in plain accesses. What needs no memory goes before the exclusion.
 */
final class DirectBody {
    private final VectorUnit unit;
    private final VectorPath path;
    private final Locals locals;
    private final Slots slots;
    private final Answers answers;
    private final ExpressionRenderer expressions;
    private final AddressRenderer addresses;
    private final RangeCheckRenderer checks;
    private final DirectOperationRenderer operations;

    private final CodeBlock.Builder code = CodeBlock.builder();
    private boolean entered;

    DirectBody(VectorUnit unit, VectorPath path, Locals locals, JavaLayout layout, Answers answers) {
        this.unit = unit;
        this.path = path;
        this.locals = locals;
        this.slots = new Slots(unit, locals);
        this.answers = answers;
        this.expressions = new ExpressionRenderer(locals);
        this.addresses = new AddressRenderer(layout, expressions);
        this.checks = new RangeCheckRenderer(expressions, addresses);
        this.operations = new DirectOperationRenderer(path, locals, expressions, addresses);
    }

    CodeBlock render() {
        code.add(slots.find());
        if (unit.perCpuParameters().isEmpty() && decidesWithoutMemory()) {
            code.addStatement("$T.checkPossible($L)", RuntimeClasses.CPUS, locals.cpu());
        }
        path.preparation().stream().takeWhile(DirectBody::needsNoMemory).forEach(this::step);
        String words = locals.fresh("words");
        String word = locals.fresh("word");
        code.addStatement("int[] $L = $T.WORDS", words, RuntimeClasses.CPU_EXCLUSION);
        code.addStatement("int $L = $T.enter($L)", word, RuntimeClasses.CPU_EXCLUSION, locals.cpu());
        code.beginControlFlow("try");
        entered = true;
        code.add(slots.requireOpen());
        path.preparation().stream().dropWhile(DirectBody::needsNoMemory).forEach(this::step);
        path.writes().forEach(operation -> code.add(operations.statement(operation)));
        code.add(answers.results(path, locals, this::value));
        leave(answers.committed(path, this::value));
        code.nextControlFlow("finally");
        code.addStatement("$L[$L] = $T.FREE", words, word, RuntimeClasses.CPU_EXCLUSION);
        return code.endControlFlow().build();
    }

    /** Whether it may end before the exclusion, which would look at the CPU's number. */
    private boolean decidesWithoutMemory() {
        return path.preparation().stream().takeWhile(DirectBody::needsNoMemory).anyMatch(Step.Decide.class::isInstance);
    }

    private static boolean needsNoMemory(Step step) {
        return VectorPath.operationOf(step).isEmpty();
    }

    private void step(Step step) {
        if (step instanceof Step.Bind bind) {
            code.addStatement(
                    "$T $L = $L",
                    JavaType.of(bind.value().type()).typeName(),
                    locals.value(bind.binding()),
                    expressions.asArgument(bind.value()));
        } else if (step instanceof Step.Check check) {
            check(check);
        } else if (step instanceof Step.Decide decide) {
            refuseIf(expressions.negated(decide.condition()).code(), answers.refused(decide.outcome()));
        } else if (step instanceof Step.Read read) {
            code.addStatement(
                    "$T $L = $L",
                    JavaType.of(read.prepared().type()).typeName(),
                    locals.value(read.prepared()),
                    MemoryAccess.read(
                            read.prepared().type(),
                            addresses.address(read.prepared().place())));
        } else {
            Step.Guard guard = (Step.Guard) step;
            refuseIf(operations.stops(guard.operation()), answers.refused(guard.outcome()));
        }
    }

    private void check(Step.Check check) {
        Optional<CodeBlock> statement = checks.statement(check.check());
        if (statement.isPresent()) {
            code.addStatement(statement.get());
            return;
        }
        RangeCheckRenderer.RenderedCheck rendered = checks.render(check.check());
        code.beginControlFlow("if ($L)", rendered.failed())
                .addStatement("throw $L", rendered.exception())
                .endControlFlow();
    }

    private void refuseIf(CodeBlock condition, CodeBlock answer) {
        code.beginControlFlow("if ($L)", condition);
        leave(Optional.of(answer));
        code.endControlFlow();
    }

    /** What was read and written stays on this side of the store that gives the exclusion back. */
    private void leave(Optional<CodeBlock> answer) {
        if (entered) {
            code.addStatement("$T.releaseFence()", VarHandle.class);
        }
        answer.ifPresent(value -> code.addStatement("return $L", value));
    }

    private CodeBlock value(ResultValue value) {
        return value instanceof ResultValue.Copied copied
                ? MemoryAccess.valueOfRaw(copied.result().type(), operations.copied(copied.cell()))
                : expressions.render(((ResultValue.Computed) value).value()).code();
    }
}
