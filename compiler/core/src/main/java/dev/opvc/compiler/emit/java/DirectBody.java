// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.java;

import com.palantir.javapoet.CodeBlock;
import dev.opvc.compiler.model.Prepared;
import dev.opvc.compiler.vector.Block;
import dev.opvc.compiler.vector.ResultValue;
import dev.opvc.compiler.vector.Step;
import dev.opvc.compiler.vector.VectorUnit;
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
        body.steps().stream().takeWhile(DirectBody::needsNoMemory).forEach(this::step);
        String region = locals.fresh("region");
        code.addStatement("long $L = $T.enter($L)", region, RuntimeClasses.CPU_EXCLUSION, locals.cpu());
        code.beginControlFlow("try");
        code.add(slots.findIn(region));
        body.steps().stream().dropWhile(DirectBody::needsNoMemory).forEach(this::step);
        end(body.end(), locals, true);
        code.nextControlFlow("finally");
        code.addStatement("$T.leave($L)", RuntimeClasses.CPU_EXCLUSION, region);
        return code.endControlFlow().build();
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
        code.addStatement("return $L", answer).endControlFlow();
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
