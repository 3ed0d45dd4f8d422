// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.java.forms;

import com.palantir.javapoet.CodeBlock;
import dev.opvc.compiler.emit.FormWriter;
import dev.opvc.compiler.emit.java.expressions.MemoryAccess;
import dev.opvc.compiler.emit.java.types.JavaType;
import dev.opvc.compiler.vector.Block;
import dev.opvc.compiler.vector.Prepared;
import dev.opvc.compiler.vector.Step;
import java.util.Optional;

/** Renders the plan of a transaction in plain accesses: its preparation, and then its writes. */
final class DirectSteps implements FormWriter<DirectPath> {
    private final PartRenderers renderers;
    private final OutcomeRenderer outcomes;
    private final CodeBlock.Builder code = CodeBlock.builder();

    DirectSteps(PartRenderers renderers, OutcomeRenderer outcomes) {
        this.renderers = renderers;
        this.outcomes = outcomes;
    }

    /** What has been rendered so far. */
    CodeBlock code() {
        return code.build();
    }

    @Override
    public void bind(Step.Bind bind, DirectPath path) {
        code.add(renderers.bind(bind));
    }

    @Override
    public void read(Step.Read read, DirectPath path) {
        read(read.prepared());
    }

    @Override
    public void load(Step.Load load, DirectPath path) {
        load.reads().forEach(this::read);
    }

    @Override
    public void check(Step.Check check, DirectPath path) {
        code.add(renderers.checks().orThrow(check.check()));
    }

    @Override
    public void decide(Step.Decide decide, DirectPath path) {
        refuseIf(renderers.refuses(decide), outcomes.refused(decide.outcome()));
    }

    @Override
    public void guard(Step.Guard guard, DirectPath path) {
        refuseIf(renderers.refuses(guard), outcomes.refused(guard.outcome()));
    }

    @Override
    public void commit(Block.Commit commit, DirectPath path) {
        PlainWrites writes = new PlainWrites(commit.results(), path.variables(), renderers);
        commit.writes().forEach(operation -> code.add(writes.statement(operation)));
        code.add(outcomes.results(commit.results(), path.variables(), writes));
        Optional<CodeBlock> committed = outcomes.committed(commit.results(), writes);
        if (committed.isPresent()) {
            code.addStatement("return $L", committed.get());
        } else if (!path.last()) {
            code.addStatement("return");
        }
    }

    @Override
    public DirectPath beginThen(Block.Choice choice, DirectPath path) {
        code.beginControlFlow(
                "if ($L)", renderers.expressions().render(choice.condition()).code());
        return path.branch();
    }

    @Override
    public void endThen(Block.Choice choice) {
        code.endControlFlow();
    }

    private void read(Prepared prepared) {
        code.addStatement(
                "$T $L = $L",
                JavaType.of(prepared.type()).typeName(),
                renderers.variables().value(prepared),
                MemoryAccess.read(prepared.type(), renderers.addresses().address(prepared.place())));
    }

    private void refuseIf(CodeBlock condition, CodeBlock refused) {
        code.beginControlFlow("if ($L)", condition)
                .addStatement("return $L", refused)
                .endControlFlow();
    }
}
