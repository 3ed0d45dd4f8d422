// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.java;

import com.palantir.javapoet.CodeBlock;
import dev.opvc.compiler.vector.Prepared;
import dev.opvc.compiler.vector.Block;
import dev.opvc.compiler.vector.ResultValue;
import dev.opvc.compiler.vector.Step;
import dev.opvc.compiler.vector.VectorUnit;
import java.lang.invoke.VarHandle;
import java.util.List;
import java.util.Optional;

/**
 * Renders the direct form of a transaction: under the CPU's exclusion nothing changes between a read and a store, so it
 * is the preparation and then the writes, in plain accesses. What needs no memory goes before the exclusion.
 */
final class DirectBody {
    private final VectorUnit unit;
    private final Renderers renderers;
    private final Slots slots;
    private final Answers answers;
    private final DirectOperationRenderer guards;

    private final CodeBlock.Builder code = CodeBlock.builder();
    private boolean entered;

    DirectBody(VectorUnit unit, Locals locals, JavaLayout layout, Answers answers) {
        this.unit = unit;
        this.renderers = Renderers.of(locals, layout);
        this.slots = new Slots(unit, locals);
        this.answers = answers;
        this.guards = new DirectOperationRenderer(List.of(), locals, renderers);
    }

    CodeBlock render() {
        Locals locals = renderers.locals();
        Block body = unit.body();
        code.add(slots.find());
        if (unit.perCpuParameters().isEmpty() && decidesWithoutMemory(body)) {
            code.addStatement("$T.checkPossible($L)", RuntimeClasses.CPUS, locals.cpu());
        }
        body.steps().stream().takeWhile(DirectBody::needsNoMemory).forEach(this::step);
        String words = locals.fresh("words");
        String word = locals.fresh("word");
        code.addStatement("int[] $L = $T.WORDS", words, RuntimeClasses.CPU_EXCLUSION);
        code.addStatement("int $L = $T.enter($L)", word, RuntimeClasses.CPU_EXCLUSION, locals.cpu());
        code.beginControlFlow("try");
        entered = true;
        code.add(slots.requireOpen());
        body.steps().stream().dropWhile(DirectBody::needsNoMemory).forEach(this::step);
        end(body.end(), locals, true);
        code.nextControlFlow("finally");
        code.addStatement("$L[$L] = $T.FREE", words, word, RuntimeClasses.CPU_EXCLUSION);
        return code.endControlFlow().build();
    }

    /** Whether it may end before the exclusion, which would look at the CPU's number. */
    private static boolean decidesWithoutMemory(Block body) {
        return body.steps().stream().takeWhile(DirectBody::needsNoMemory).anyMatch(Step.Decide.class::isInstance);
    }

    private static boolean needsNoMemory(Step step) {
        return step.conditions().isEmpty();
    }

    /**
     * Renders how a block ends.
     *
     * @param last whether nothing stands behind it
     */
    private void end(Block.End end, Locals locals, boolean last) {
        if (end instanceof Block.Commit commit) {
            commit(commit, locals, last);
            return;
        }
        Block.Choice choice = (Block.Choice) end;
        code.beginControlFlow(
                "if ($L)", renderers.expressions().render(choice.condition()).code());
        block(choice.then(), locals.branch(), false);
        code.endControlFlow();
        block(choice.otherwise(), locals, last);
    }

    private void block(Block block, Locals locals, boolean last) {
        block.steps().forEach(this::step);
        end(block.end(), locals, last);
    }

    private void commit(Block.Commit commit, Locals locals, boolean last) {
        DirectOperationRenderer operations = new DirectOperationRenderer(commit.results(), locals, renderers);
        commit.writes().forEach(operation -> code.add(operations.statement(operation)));
        code.add(answers.results(commit.results(), locals, value -> value(value, operations)));
        leave();
        Optional<CodeBlock> answer = answers.committed(commit.results(), value -> value(value, operations));
        if (answer.isPresent()) {
            code.addStatement("return $L", answer.get());
        } else if (!last) {
            code.addStatement("return");
        }
    }

    private void step(Step step) {
        if (step instanceof Step.Bind bind) {
            code.add(renderers.bind(bind));
        } else if (step instanceof Step.Check check) {
            code.add(renderers.checks().orThrow(check.check()));
        } else if (step instanceof Step.Decide decide) {
            refuseIf(renderers.refuses(decide), answers.refused(decide.outcome()));
        } else if (step instanceof Step.Guard guard) {
            refuseIf(guards.stops(guard.operation()), answers.refused(guard.outcome()));
        } else {
            step.reads().forEach(this::read);
        }
    }

    private void read(Prepared prepared) {
        code.addStatement(
                "$T $L = $L",
                JavaType.of(prepared.type()).typeName(),
                renderers.locals().value(prepared),
                MemoryAccess.read(prepared.type(), renderers.addresses().address(prepared.place())));
    }

    private void refuseIf(CodeBlock condition, CodeBlock answer) {
        code.beginControlFlow("if ($L)", condition);
        leave();
        code.addStatement("return $L", answer).endControlFlow();
    }

    /** What was read and written stays on this side of the store that gives the exclusion back. */
    private void leave() {
        if (entered) {
            code.addStatement("$T.releaseFence()", VarHandle.class);
        }
    }

    private CodeBlock value(ResultValue value, DirectOperationRenderer operations) {
        return value instanceof ResultValue.Copied copied
                ? MemoryAccess.valueOfRaw(copied.result().type(), operations.copied(copied.cell()))
                : renderers
                        .expressions()
                        .render(((ResultValue.Computed) value).value())
                        .code();
    }
}
