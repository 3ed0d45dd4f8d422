// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.java.forms;

import com.palantir.javapoet.CodeBlock;
import dev.opvc.compiler.emit.PlanWalk;
import dev.opvc.compiler.emit.java.expressions.MemoryAccess;
import dev.opvc.compiler.emit.java.expressions.RangeCheckRenderer;
import dev.opvc.compiler.emit.java.names.Variables;
import dev.opvc.compiler.emit.java.types.JavaType;
import dev.opvc.compiler.emit.java.types.ResultForm;
import dev.opvc.compiler.model.Type;
import dev.opvc.compiler.vector.Block;
import dev.opvc.compiler.vector.Operation;
import dev.opvc.compiler.vector.Prepared;
import dev.opvc.compiler.vector.ResultValue;
import dev.opvc.compiler.vector.Step;
import java.util.Optional;
import java.util.Set;

/** Renders the plan of a unit as one attempt at it: preparation builds a vector, and where it ends, the vector runs. */
final class VectorSteps implements StepsWriter<VectorPath> {
    private final boolean canRetry;
    private final boolean isPart;
    private final PartRenderers renderers;
    private final OutcomeRenderer outcomes;
    private final Set<Block> cuts;
    private final Parts parts;
    private final CodeBlock.Builder code = CodeBlock.builder();

    /**
     * @param canRetry whether there may be another attempt
     * @param cuts branches that become parts
     */
    VectorSteps(boolean canRetry, PartRenderers renderers, OutcomeRenderer outcomes, Set<Block> cuts, Parts parts) {
        this(canRetry, false, renderers, outcomes, cuts, parts);
    }

    private VectorSteps(
            boolean canRetry,
            boolean isPart,
            PartRenderers renderers,
            OutcomeRenderer outcomes,
            Set<Block> cuts,
            Parts parts) {
        this.canRetry = canRetry;
        this.isPart = isPart;
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
    public void bind(Step.Bind bind, VectorPath path) {
        code.add(renderers.bind(bind));
        path.variables()
                .declare(
                        renderers.variables().value(bind.local()),
                        JavaType.of(bind.value().type()).typeName());
    }

    @Override
    public void read(Step.Read read, VectorPath path) {
        read(read.prepared(), renderers.addresses().address(read.prepared().place()), path);
        append(read.validation(), path);
        path.end().addConditions(read);
    }

    @Override
    public void load(Step.Load load, VectorPath path) {
        for (Step.Loaded value : load.values()) {
            code.add(path.cells().declareLoaded(value));
            code.addStatement("$L.$L", path.variables().vector(), appending(value.copy(), path));
        }
        code.add(path.end().load());
        for (Step.Loaded value : load.values()) {
            read(value.prepared(), path.cells().address(value.cell()), path);
            append(value.validation(), path);
        }
        path.end().addConditions(load);
    }

    @Override
    public void check(Step.Check check, VectorPath path) {
        if (!path.end().hasConditions()) {
            code.add(renderers.checks().orThrow(check.check()));
            return;
        }
        RangeCheckRenderer.RenderedCheck rendered = renderers.checks().render(check.check());
        concludeIf(rendered.failed(), CodeBlock.of("throw $L", rendered.exception()), path);
    }

    @Override
    public void decide(Step.Decide decide, VectorPath path) {
        concludeIf(renderers.refuses(decide), CodeBlock.of("return $L", outcomes.refused(decide.outcome())), path);
    }

    @Override
    public void guard(Step.Guard guard, VectorPath path) {
        append(guard.operation(), path);
        path.end().addConditions(guard);
    }

    @Override
    public void commit(Block.Commit commit, VectorPath path) {
        commit.writes().forEach(operation -> append(operation, path));
        if (outcomes.form() == ResultForm.VECTOR_RESULT) {
            code.addStatement(
                    "return $L.executeRaw($L)",
                    path.variables().vector(),
                    path.variables().cpu());
            return;
        }
        CommittedValues values = new CommittedValues(path);
        CodeBlock results = outcomes.results(commit.results(), path.variables(), values);
        Optional<CodeBlock> committed = outcomes.committed(commit.results(), values);
        if (results.isEmpty() && committed.isPresent() && path.end().isOneGuard()) {
            code.add(path.end().endOfOneGuard(committed.get()));
            return;
        }
        CodeBlock.Builder end = CodeBlock.builder().add(results);
        if (committed.isPresent()) {
            end.addStatement("return $L", committed.get());
        } else if (isPart && canRetry) {
            end.addStatement("return true");
        } else if (canRetry || !path.last()) {
            end.addStatement("return");
        }
        code.add(path.end().end(end.build(), path.last()));
    }

    @Override
    public boolean isElsewhere(Block block, VectorPath path) {
        if (!cuts.contains(block)) {
            return false;
        }
        VectorSteps part = new VectorSteps(canRetry, true, renderers, outcomes, cuts, parts);
        PlanWalk.walk(block, part, path.part(canRetry));
        Optional<CodeBlock> call = parts.add(path.variables().declared(), part.code());
        call.ifPresent(each -> call(each, path));
        return call.isPresent();
    }

    private void call(CodeBlock part, VectorPath path) {
        if (!canRetry) {
            code.addStatement(outcomes.returning(part));
            if (outcomes.isVoid() && !path.last()) {
                code.addStatement("return");
            }
        } else if (isPart) {
            code.addStatement("return $L", part);
        } else {
            String ended = path.variables().fresh("ended");
            code.addStatement("$T $L = $L", parts.returned(), ended, part)
                    .beginControlFlow("if ($L != null)", ended)
                    .addStatement(outcomes.isVoid() ? "return" : "return " + ended)
                    .endControlFlow();
            if (!path.last()) {
                code.addStatement("continue");
            }
        }
    }

    @Override
    public VectorPath beginThen(Block.Choice choice, VectorPath path) {
        code.beginControlFlow(
                "if ($L)", renderers.expressions().render(choice.condition()).code());
        return path.branch();
    }

    @Override
    public void endThen(Block.Choice choice) {
        code.endControlFlow();
    }

    private void concludeIf(CodeBlock condition, CodeBlock conclusion, VectorPath path) {
        CodeBlock statement = CodeBlock.builder().addStatement(conclusion).build();
        code.beginControlFlow("if ($L)", condition)
                .add(path.end().conclude(statement))
                .endControlFlow();
    }

    private void append(Operation operation, VectorPath path) {
        code.add(path.cells().declareFor(operation));
        code.addStatement("$L.$L", path.variables().vector(), appending(operation, path));
    }

    /** A raw vector has all of its operations looked at. */
    private CodeBlock appending(Operation operation, VectorPath path) {
        CodeBlock call = path.appender().append(operation);
        boolean isPinned = outcomes.form() != ResultForm.VECTOR_RESULT && operation.mayFault();
        return isPinned ? CodeBlock.of("$L.pin()", call) : call;
    }

    private void read(Prepared prepared, CodeBlock address, VectorPath path) {
        Type type = prepared.type();
        Variables variables = renderers.variables();
        if (variables.hasBits(prepared)) {
            String bits = variables.bits(prepared);
            declare(MemoryAccess.rawType(type), bits, MemoryAccess.readRaw(type, address), path);
            declare(JavaType.of(type), variables.value(prepared), MemoryAccess.valueOfRaw(type, bits), path);
        } else {
            declare(JavaType.of(type), variables.value(prepared), MemoryAccess.read(type, address), path);
        }
    }

    private void declare(JavaType type, String variable, CodeBlock value, VectorPath path) {
        path.variables().declare(variable, type.typeName());
        code.addStatement("$T $L = $L", type.typeName(), variable, value);
    }

    /** What the results are once the vector has run to its end. */
    private final class CommittedValues implements ResultValue.Cases<CodeBlock> {
        private final VectorPath path;

        CommittedValues(VectorPath path) {
            this.path = path;
        }

        @Override
        public CodeBlock computed(ResultValue.Computed computed) {
            return renderers.expressions().render(computed.value()).code();
        }

        @Override
        public CodeBlock copied(ResultValue.Copied copied) {
            return MemoryAccess.read(copied.result().type(), path.cells().address(copied.cell()));
        }
    }
}
