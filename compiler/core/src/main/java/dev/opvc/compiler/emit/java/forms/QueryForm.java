// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.java.forms;

import com.palantir.javapoet.ArrayTypeName;
import com.palantir.javapoet.CodeBlock;
import dev.opvc.compiler.emit.QueryFormWriter;
import dev.opvc.compiler.emit.QueryWalk;
import dev.opvc.compiler.emit.java.expressions.AddressRenderer;
import dev.opvc.compiler.emit.java.expressions.ExpressionRenderer;
import dev.opvc.compiler.emit.java.expressions.MemoryAccess;
import dev.opvc.compiler.emit.java.expressions.RangeCheckRenderer;
import dev.opvc.compiler.emit.java.expressions.Rendered.Level;
import dev.opvc.compiler.emit.java.names.HolderNames;
import dev.opvc.compiler.emit.java.names.JavaLayout;
import dev.opvc.compiler.emit.java.names.JavaNames;
import dev.opvc.compiler.emit.java.names.RuntimeClasses;
import dev.opvc.compiler.emit.java.names.Variables;
import dev.opvc.compiler.emit.java.types.JavaType;
import dev.opvc.compiler.emit.java.types.ResultForm;
import dev.opvc.compiler.language.UnitKind;
import dev.opvc.compiler.model.Fold;
import dev.opvc.compiler.model.ScalarType;
import dev.opvc.compiler.vector.FoldedValue;
import dev.opvc.compiler.vector.Local;
import dev.opvc.compiler.vector.Place;
import dev.opvc.compiler.vector.Prepared;
import dev.opvc.compiler.vector.QueryResult;
import dev.opvc.compiler.vector.QueryStep;
import dev.opvc.compiler.vector.QueryUnit;
import dev.opvc.compiler.vector.Value;
import java.util.Arrays;
import java.util.List;

/** Renders a form of a query. The forms differ in how they come by one state of a CPU's slots. */
public final class QueryForm implements QueryFormWriter {
    private final QueryUnit query;
    private final Variables variables;
    private final ExpressionRenderer expressions;
    private final RangeCheckRenderer checks;
    private final String counter;
    private final String element;
    private final CpuState state;
    private CodeBlock.Builder code = CodeBlock.builder();

    /** What stands before the steps for each CPU, while these are rendered. */
    private CodeBlock.Builder before = code;

    private QueryForm(QueryUnit query, JavaLayout layout, boolean vector) {
        this.query = query;
        this.variables = Variables.of(query, layout);
        this.counter = variables.fresh("i");
        this.element = variables.fresh("element");
        Slots slots = new Slots(query, variables);
        this.expressions = new ExpressionRenderer(variables, layout);
        AddressRenderer addresses = expressions.addresses();
        this.checks = new RangeCheckRenderer(expressions, addresses);
        this.state = vector ? copied(slots, "execute") : direct(slots, addresses);
    }

    private CpuState direct(Slots slots, AddressRenderer addresses) {
        if (query.kind() == UnitKind.DRAIN) {
            return new DrainedSlots(variables, slots, addresses, new SlotResets(query, variables, expressions));
        }
        return SlotWords.suffice(query)
                ? new SlotWords(variables, slots, addresses)
                : copied(slots, CopiedSlots.SNAPSHOT);
    }

    private CpuState copied(Slots slots, String taken) {
        return new CopiedSlots(query, variables, slots, expressions, taken);
    }

    /**
     * The direct form reads without excluding anybody, into variables, or into a copy if it is more than some words, and
     * reads again if somebody was at work; so it folds afterwards. A drain excludes all others.
     */
    public static CodeBlock direct(QueryUnit query, JavaLayout layout) {
        return new QueryForm(query, layout, false).render();
    }

    /** The vector form has a vector copy what is needed, and set it back in a drain, and folds the copy. */
    public static CodeBlock vector(QueryUnit query, JavaLayout layout) {
        return new QueryForm(query, layout, true).render();
    }

    private CodeBlock render() {
        QueryWalk.walk(query, this);
        return code.build();
    }

    @Override
    public void bind(QueryStep.Bind bind) {
        code.add(expressions.declare(bind.local(), bind.value()));
    }

    @Override
    public void beginCpu() {
        String cpu = variables.cpu();
        code.beginControlFlow(
                "for (int $L = $L; $L < $L; $L++)", cpu, variables.firstCpu(), cpu, variables.endCpu(), cpu);
        code.beginControlFlow("if (!$T.isPossible($L))", RuntimeClasses.CPUS, cpu)
                .addStatement("continue")
                .endControlFlow();
        before = code;
        code = CodeBlock.builder();
    }

    @Override
    public void endCpu() {
        code = before.add(state.around(code.build())).endControlFlow();
    }

    @Override
    public void begin(FoldedValue folded) {
        code.add(folded.match(new Beginnings()));
    }

    /** An argument is not narrowed by itself, as the value of a variable is. */
    private static CodeBlock cast(CodeBlock constant, JavaType type) {
        return type.isPromoted() ? CodeBlock.of("($T) $L", type.typeName(), constant) : constant;
    }

    @Override
    public void check(QueryStep.Check check) {
        CodeBlock statement = checks.orThrow(check.check());
        if (check.when().isEmpty()) {
            code.add(statement);
        } else {
            code.beginControlFlow(
                            "if ($L)", expressions.render(check.when().get()).code())
                    .add(statement)
                    .endControlFlow();
        }
    }

    @Override
    public void read(QueryStep.Read read) {
        Prepared prepared = read.prepared();
        CodeBlock value = MemoryAccess.read(prepared.type(), state.address(prepared.place()));
        if (read.when().isPresent()) {
            CodeBlock when = expressions.render(read.when().get()).atLeast(Level.LOGICAL_OR);
            value = prepared.type() == ScalarType.BOOL
                    ? CodeBlock.of("($L) && $L", when, value)
                    : CodeBlock.of("$L ? $L : 0", when, value);
        }
        code.add(state.read(prepared, value));
    }

    @Override
    public void accumulate(QueryStep.Accumulate accumulate) {
        FoldedValue.Scalar folded = accumulate.folded();
        accumulate(folded, variables.value(folded), new Value.OfFolded(folded), folded.operand());
    }

    private void accumulate(FoldedValue folded, String variable, Value before, Value value) {
        JavaType type = JavaType.of(value.type());
        boolean adds = folded.function() == Fold.SUM && !type.isMasked() && !type.isPromoted();
        if (adds) {
            code.addStatement("$L += $L", variable, expressions.render(value).code());
        } else {
            code.addStatement(
                    "$L = $L",
                    variable,
                    expressions.render(folded.combine(before, value)).code());
        }
    }

    /** An element is known to the renderers as a binding, and what is folded into it as a value that was read. */
    @Override
    public void accumulateArray(QueryStep.AccumulateArray step) {
        FoldedValue.Array folded = step.folded();
        Local target = new Local(folded.local().identifier(), folded.scalar());
        Local index = new Local(folded.local().identifier(), ScalarType.I32);
        variables.assign(index, counter);
        variables.assign(target, variables.value(folded) + "[" + counter + "]");
        Place place = folded.operand().element(new Value.OfLocal(index), folded.arrayType());
        Prepared value = new Prepared(element, place);
        variables.assign(value, element);
        code.beginControlFlow(
                "for (int $L = 0; $L < $L.length; $L++)", counter, counter, variables.value(folded), counter);
        code.addStatement(
                "$T $L = $L",
                JavaType.of(folded.scalar()).typeName(),
                variables.value(value),
                MemoryAccess.read(folded.scalar(), state.address(place)));
        accumulate(folded, variables.value(target), new Value.OfLocal(target), new Value.OfPrepared(value));
        code.endControlFlow();
    }

    @Override
    public void cumulate(QueryStep.Cumulate cumulate) {
        FoldedValue.Array folded = cumulate.folded();
        Local target = new Local(folded.local().identifier(), folded.scalar());
        Local before = new Local(folded.local().identifier(), folded.scalar());
        variables.assign(target, variables.value(folded) + "[" + counter + "]");
        variables.assign(before, variables.value(folded) + "[" + counter + " - 1]");
        code.beginControlFlow(
                "for (int $L = 1; $L < $L.length; $L++)", counter, counter, variables.value(folded), counter);
        accumulate(folded, variables.value(target), new Value.OfLocal(target), new Value.OfLocal(before));
        code.endControlFlow();
    }

    @Override
    public void results(List<QueryResult> results) {
        if (!ResultForm.needsHolder(query)) {
            QueryResult.Computed only = (QueryResult.Computed) results.get(0);
            code.addStatement("return $L", expressions.asArgument(only.value()));
            return;
        }
        Stores stores = new Stores();
        results.forEach(result -> code.add(result.match(stores)));
    }

    /** Declares what is folded into, with the neutral value. */
    private final class Beginnings implements FoldedValue.Cases<CodeBlock> {
        @Override
        public CodeBlock scalar(FoldedValue.Scalar folded) {
            return CodeBlock.builder()
                    .addStatement(
                            "$T $L = $L",
                            JavaType.of(folded.scalar()).typeName(),
                            variables.value(folded),
                            expressions.asArgument(folded.neutral()))
                    .build();
        }

        @Override
        public CodeBlock array(FoldedValue.Array folded) {
            JavaType type = JavaType.of(folded.scalar());
            String variable = variables.value(folded);
            return CodeBlock.builder()
                    .addStatement("$T $L = $L", ArrayTypeName.of(type.typeName()), variable, spare(folded, type))
                    .addStatement(
                            "$T.fill($L, $L)",
                            Arrays.class,
                            variable,
                            cast(expressions.asArgument(folded.neutral()), type))
                    .build();
        }
    }

    /** The array that gets the elements: where it can have any length, one that has as many as are folded. */
    private CodeBlock spare(FoldedValue.Array folded, JavaType type) {
        CodeBlock spare = CodeBlock.of("$L.$L", variables.result(), HolderNames.spare(query, folded));
        if (folded.givenLength().isEmpty()) {
            return spare;
        }
        CodeBlock length = expressions.render(folded.givenLength().get()).code();
        return CodeBlock.of("$L.length == $L ? $L : new $T[$L]", spare, length, spare, type.typeName(), length);
    }

    /** Puts results into the object for them. */
    private final class Stores implements QueryResult.Cases<CodeBlock> {
        @Override
        public CodeBlock computed(QueryResult.Computed computed) {
            return CodeBlock.builder()
                    .addStatement("$L = $L", field(computed), expressions.asArgument(computed.value()))
                    .build();
        }

        @Override
        public CodeBlock array(QueryResult.Array array) {
            String spare = HolderNames.spare(query, array.folded());
            return CodeBlock.builder()
                    .addStatement("$L.$L = $L", variables.result(), spare, field(array))
                    .addStatement("$L = $L", field(array), variables.value(array.folded()))
                    .build();
        }

        private String field(QueryResult value) {
            return variables.result() + "." + JavaNames.result(value.result().name());
        }
    }
}
