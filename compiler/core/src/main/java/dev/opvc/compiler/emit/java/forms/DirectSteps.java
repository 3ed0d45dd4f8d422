// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.java.forms;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.TypeName;
import dev.opvc.compiler.emit.PlanWalk;
import dev.opvc.compiler.emit.java.expressions.MemoryAccess;
import dev.opvc.compiler.emit.java.types.JavaType;
import dev.opvc.compiler.vector.Block;
import dev.opvc.compiler.vector.Prepared;
import dev.opvc.compiler.vector.Step;
import java.util.Optional;
import java.util.Set;

/** Renders the plan of a transaction in plain accesses: its preparation, and then its writes. */
final class DirectSteps implements StepsWriter<DirectPath> {
    private final PartRenderers renderers;
    private final OutcomeRenderer outcomes;
    private final Set<Block> cuts;
    private final Parts parts;
    private final CodeBlock.Builder code = CodeBlock.builder();

    /** @param cuts branches that become parts */
    DirectSteps(PartRenderers renderers, OutcomeRenderer outcomes, Set<Block> cuts, Parts parts) {
        this.renderers = renderers;
        this.outcomes = outcomes;
        this.cuts = cuts;
        this.parts = parts;
    }

    @Override
    public CodeBlock code() {
        return code.build();
    }

    @Override
    public void bind(Step.Bind bind, DirectPath path) {
        code.add(renderers.bind(bind));
        path.variables()
                .declare(
                        renderers.variables().value(bind.local()),
                        JavaType.of(bind.value().type()).typeName());
    }

    @Override
    public void read(Step.Read read, DirectPath path) {
        read(read.prepared(), path);
    }

    @Override
    public void load(Step.Load load, DirectPath path) {
        load.reads().forEach(prepared -> read(prepared, path));
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
    public boolean isElsewhere(Block block, DirectPath path) {
        if (!cuts.contains(block)) {
            return false;
        }
        DirectSteps part = new DirectSteps(renderers, outcomes, cuts, parts);
        PlanWalk.walk(block, part, path.part());
        Optional<CodeBlock> call = parts.add(path.variables().declared(), part.code());
        call.ifPresent(each -> {
            code.addStatement(outcomes.returning(each));
            if (outcomes.isVoid() && !path.last()) {
                code.addStatement("return");
            }
        });
        return call.isPresent();
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

    private void read(Prepared prepared, DirectPath path) {
        TypeName type = JavaType.of(prepared.type()).typeName();
        String variable = renderers.variables().value(prepared);
        path.variables().declare(variable, type);
        code.addStatement(
                "$T $L = $L",
                type,
                variable,
                MemoryAccess.read(prepared.type(), renderers.addresses().address(prepared.place())));
    }

    private void refuseIf(CodeBlock condition, CodeBlock refused) {
        code.beginControlFlow("if ($L)", condition)
                .addStatement("return $L", refused)
                .endControlFlow();
    }
}
