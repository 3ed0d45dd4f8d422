// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.java;

import com.palantir.javapoet.CodeBlock;
import dev.opvc.compiler.vector.Prepared;
import dev.opvc.compiler.model.Type;
import dev.opvc.compiler.vector.Block;
import dev.opvc.compiler.vector.Operation;
import dev.opvc.compiler.vector.ResultValue;
import dev.opvc.compiler.vector.Step;
import dev.opvc.compiler.vector.VectorUnit;
import java.util.Optional;

/**
 * Renders the vector form of a unit. Each turn of a loop begins the vector anew, prepares, and runs it; where nothing is
 * read there is no second turn, and no loop.
 */
final class VectorBody {
    private final VectorUnit unit;
    private final boolean canRetry;
    private final Renderers renderers;
    private final Slots slots;
    private final Answers answers;
    private final CodeBlock.Builder code = CodeBlock.builder();

    /**
     * A path as far as it is rendered.
     *
     * @param last whether nothing stands behind its end
     */
    private record Way(Locals locals, Cells cells, OperationRenderer operations, VectorEnding ending, boolean last) {}

    VectorBody(VectorUnit unit, Locals locals, JavaLayout layout, Answers answers) {
        this.unit = unit;
        this.canRetry = unit.canRetry();
        this.renderers = Renderers.of(locals, layout);
        this.slots = new Slots(unit, locals);
        this.answers = answers;
    }

    CodeBlock render() {
        Locals locals = renderers.locals();
        if (unit.perCpuParameters().isEmpty() && concludesWithoutVector()) {
            code.addStatement("$T.checkPossible($L)", RuntimeClasses.CPUS, locals.cpu());
        }
        code.add(slots.find());
        Cells cells = new Cells(unit, locals, renderers.expressions());
        VectorEnding ending = new VectorEnding(answers, locals);
        if (!canRetry) {
            turn(way(locals, cells, ending, true));
            return code.build();
        }
        String turn = locals.fresh("turn");
        code.beginControlFlow("for (int $L = 0; $T.tryVector($L); $L++)", turn, RuntimeClasses.FORMS, turn, turn);
        turn(way(locals, cells, ending, true));
        return code.endControlFlow().build();
    }

    private Way way(Locals locals, Cells cells, VectorEnding ending, boolean last) {
        OperationRenderer operations = new OperationRenderer(renderers.expressions(), renderers.addresses(), cells);
        return new Way(locals, cells, operations, ending, last);
    }

    private Way branch(Way way, boolean last) {
        Locals locals = way.locals().branch();
        return way(locals, way.cells().branch(locals), way.ending().branch(locals), last);
    }

    /** Whether it may end without a vector, which would look at the CPU's number. */
    private boolean concludesWithoutVector() {
        return unit.paths().stream()
                .anyMatch(path -> path.preparation().stream()
                        .takeWhile(step -> step.conditions().isEmpty())
                        .anyMatch(Step.Decide.class::isInstance));
    }

    private void turn(Way way) {
        code.add(slots.beginVector());
        block(unit.body(), way);
    }

    private void block(Block block, Way way) {
        block.steps().forEach(step -> step(step, way));
        if (block.end() instanceof Block.Commit commit) {
            commit(commit, way);
            return;
        }
        Block.Choice choice = (Block.Choice) block.end();
        code.beginControlFlow(
                "if ($L)", renderers.expressions().render(choice.condition()).code());
        block(choice.then(), branch(way, false));
        code.endControlFlow();
        block(choice.otherwise(), way);
    }

    private void step(Step step, Way way) {
        if (step instanceof Step.Bind bind) {
            code.add(renderers.bind(bind));
        } else if (step instanceof Step.Check check) {
            check(check, way);
        } else if (step instanceof Step.Decide decide) {
            concludeIf(renderers.refuses(decide), CodeBlock.of("return $L", answers.refused(decide.outcome())), way);
        } else if (step instanceof Step.Load load) {
            load(load, way);
        } else {
            if (step instanceof Step.Read read) {
                read(
                        read.prepared(),
                        renderers.addresses().address(read.prepared().place()));
            }
            step.conditions().forEach(condition -> append(condition, way));
            way.ending().addConditions(step);
        }
    }

    private void check(Step.Check check, Way way) {
        if (!way.ending().hasConditions()) {
            code.add(renderers.checks().orThrow(check.check()));
            return;
        }
        RangeCheckRenderer.RenderedCheck rendered = renderers.checks().render(check.check());
        concludeIf(rendered.failed(), CodeBlock.of("throw $L", rendered.exception()), way);
    }

    private void concludeIf(CodeBlock condition, CodeBlock conclusion, Way way) {
        CodeBlock statement = CodeBlock.builder().addStatement(conclusion).build();
        code.beginControlFlow("if ($L)", condition)
                .add(way.ending().conclude(statement))
                .endControlFlow();
    }

    private void load(Step.Load load, Way way) {
        for (Step.Loaded value : load.values()) {
            code.add(way.cells().declareLoaded(value));
            code.addStatement("$L.$L", way.locals().vector(), way.operations().append(value.copy()));
        }
        code.add(way.ending().load());
        for (Step.Loaded value : load.values()) {
            read(value.prepared(), way.cells().address(value.cell()));
            append(value.validation(), way);
        }
        way.ending().addConditions(load);
    }

    private void read(Prepared prepared, CodeBlock address) {
        Type type = prepared.type();
        Locals locals = renderers.locals();
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

    private void append(Operation operation, Way way) {
        code.add(way.cells().declareFor(operation));
        code.addStatement("$L.$L", way.locals().vector(), way.operations().append(operation));
    }

    private void commit(Block.Commit commit, Way way) {
        commit.writes().forEach(operation -> append(operation, way));
        if (ResultForm.of(unit) == ResultForm.VECTOR_RESULT) {
            code.addStatement(
                    "return $L.executeRaw($L)",
                    way.locals().vector(),
                    way.locals().cpu());
            return;
        }
        CodeBlock results = answers.results(commit.results(), way.locals(), value -> value(value, way));
        Optional<CodeBlock> answer = answers.committed(commit.results(), value -> value(value, way));
        if (results.isEmpty() && answer.isPresent() && way.ending().isOneGuard()) {
            code.add(way.ending().endOfOneGuard(answer.get()));
            return;
        }
        CodeBlock.Builder end = CodeBlock.builder().add(results);
        answer.ifPresentOrElse(value -> end.addStatement("return $L", value), () -> leave(end, way));
        code.add(way.ending().end(end.build(), way.last()));
    }

    private void leave(CodeBlock.Builder end, Way way) {
        if (canRetry || !way.last()) {
            end.addStatement("return");
        }
    }

    private CodeBlock value(ResultValue value, Way way) {
        return value instanceof ResultValue.Copied copied
                ? MemoryAccess.read(copied.result().type(), way.cells().address(copied.cell()))
                : renderers
                        .expressions()
                        .render(((ResultValue.Computed) value).value())
                        .code();
    }
}
