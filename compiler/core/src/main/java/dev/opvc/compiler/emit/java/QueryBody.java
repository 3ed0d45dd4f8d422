// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.java;

import com.palantir.javapoet.ArrayTypeName;
import com.palantir.javapoet.CodeBlock;
import dev.opvc.compiler.emit.java.Rendered.Level;
import dev.opvc.compiler.model.Abi;
import dev.opvc.compiler.model.ArrayType;
import dev.opvc.compiler.vector.Local;
import dev.opvc.compiler.vector.Value;
import dev.opvc.compiler.model.Fold;
import dev.opvc.compiler.model.Length;
import dev.opvc.compiler.vector.Place;
import dev.opvc.compiler.vector.Prepared;
import dev.opvc.compiler.model.ScalarType;
import dev.opvc.compiler.model.ConstantValue.IntegerValue;
import dev.opvc.compiler.vector.FoldedValue;
import dev.opvc.compiler.vector.QueryResult;
import dev.opvc.compiler.vector.QueryStep;
import dev.opvc.compiler.vector.QueryUnit;
import dev.opvc.compiler.vector.SlotCopy;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Renders a form of a query. The forms differ in how they come by one state of a CPU's slots: the direct form folds the
 * slots themselves, under the CPU's exclusion; the vector form has a vector copy what is needed, and folds the copy.
 */
final class QueryBody {
    private final QueryUnit query;
    private final QueryLocals locals;
    private final boolean copying;
    private final Slots slots;
    private final ExpressionRenderer expressions;
    private final AddressRenderer addresses;
    private final RangeCheckRenderer checks;
    private final String counter;
    private final String element;
    private final CodeBlock.Builder code = CodeBlock.builder();

    private QueryBody(QueryUnit query, JavaLayout layout, boolean copying) {
        this.query = query;
        this.locals = new QueryLocals(query, layout);
        this.copying = copying;
        this.counter = locals.fresh("i");
        this.element = locals.fresh("element");
        this.slots = new Slots(query, locals);
        this.expressions = new ExpressionRenderer(locals, layout);
        this.addresses = expressions.addresses();
        this.checks = new RangeCheckRenderer(expressions, addresses);
    }

    static CodeBlock direct(QueryUnit query, JavaLayout layout) {
        return new QueryBody(query, layout, false).render();
    }

    static CodeBlock vector(QueryUnit query, JavaLayout layout) {
        return new QueryBody(query, layout, true).render();
    }

    private CodeBlock render() {
        query.before().forEach(this::step);
        query.folds().forEach(this::begin);
        String words = locals.fresh("words");
        if (!copying) {
            code.addStatement("int[] $L = $T.WORDS", words, RuntimeClasses.CPU_EXCLUSION);
        }
        String cpu = locals.cpu();
        code.beginControlFlow("for (int $L = 0; $L < $T.possible(); $L++)", cpu, cpu, RuntimeClasses.CPUS, cpu);
        code.beginControlFlow("if (!$T.isPossible($L))", RuntimeClasses.CPUS, cpu)
                .addStatement("continue")
                .endControlFlow();
        code.add(slots.find());
        if (copying) {
            foldCopies();
        } else {
            foldUnderExclusion(words);
        }
        code.endControlFlow();
        query.after().forEach(this::step);
        results();
        return code.build();
    }

    private void begin(FoldedValue folded) {
        String variable = locals.value(folded);
        CodeBlock neutral = expressions.asArgument(folded.neutral());
        JavaType type = JavaType.of(folded.scalar());
        if (folded.isArray()) {
            code.addStatement(
                    "$T $L = $L.$L",
                    ArrayTypeName.of(type.typeName()),
                    variable,
                    locals.result(),
                    QueryHolderWriter.spare(query, folded));
            code.addStatement("$T.fill($L, $L)", Arrays.class, variable, cast(neutral, type));
        } else {
            code.addStatement("$T $L = $L", type.typeName(), variable, neutral);
        }
    }

    /** An argument is not narrowed by itself, as the value of a variable is. */
    private static CodeBlock cast(CodeBlock constant, JavaType type) {
        return type.isPromoted() ? CodeBlock.of("($T) $L", type.typeName(), constant) : constant;
    }

    private void foldUnderExclusion(String words) {
        String word = locals.fresh("word");
        code.addStatement("int $L = $T.enter($L)", word, RuntimeClasses.CPU_EXCLUSION, locals.cpu());
        code.beginControlFlow("try");
        code.add(slots.requireOpen());
        query.each().forEach(this::step);
        // What was read stays on this side of the store that gives the exclusion back.
        code.addStatement("$T.releaseFence()", VarHandle.class);
        code.nextControlFlow("finally");
        code.addStatement("$L[$L] = $T.FREE", words, word, RuntimeClasses.CPU_EXCLUSION);
        code.endControlFlow();
    }

    private void foldCopies() {
        code.add(slots.beginVector());
        for (SlotCopy copy : query.copies()) {
            CodeBlock length = length(copy);
            code.addStatement("long $L = $L.room($L)", locals.copy(copy), locals.vector(), length);
            code.addStatement(
                    "$L.memcpy($L, $L, $L)",
                    locals.vector(),
                    locals.copy(copy),
                    addresses.address(copy.places().get(0)),
                    length);
        }
        code.addStatement("$L.execute($L)", locals.vector(), locals.cpu());
        query.each().forEach(this::step);
    }

    private CodeBlock length(SlotCopy copy) {
        return copy.operation().length() instanceof Length.OfType type
                ? addresses.size(type.type()).code()
                : CodeBlock.of("$L", copy.length(Abi.LP64));
    }

    private void step(QueryStep step) {
        if (step instanceof QueryStep.Bind bind) {
            code.add(expressions.declare(bind.local(), bind.value()));
        } else if (step instanceof QueryStep.Check check) {
            check(check);
        } else if (step instanceof QueryStep.Read read) {
            read(read);
        } else if (step instanceof QueryStep.Accumulate accumulate) {
            FoldedValue.Scalar folded = accumulate.folded();
            accumulate(folded, locals.value(folded), new Value.OfFolded(folded), folded.operand());
        } else {
            accumulate((QueryStep.AccumulateArray) step);
        }
    }

    private void check(QueryStep.Check check) {
        CodeBlock statement = checks.orThrow(check.check());
        if (check.when().isEmpty()) {
            code.add(statement);
        } else {
            code.beginControlFlow("if ($L)", expressions.render(check.when().get()).code())
                    .add(statement)
                    .endControlFlow();
        }
    }

    private void read(QueryStep.Read read) {
        Prepared prepared = read.prepared();
        CodeBlock value = MemoryAccess.read(prepared.type(), address(prepared.place()));
        if (read.when().isPresent()) {
            CodeBlock when = expressions.render(read.when().get()).atLeast(Level.LOGICAL_OR);
            value = prepared.type() == ScalarType.BOOL
                    ? CodeBlock.of("($L) && $L", when, value)
                    : CodeBlock.of("$L ? $L : 0", when, value);
        }
        code.addStatement("$T $L = $L", JavaType.of(prepared.type()).typeName(), locals.value(prepared), value);
    }

    private CodeBlock address(Place place) {
        if (!copying) {
            return addresses.address(place);
        }
        SlotCopy copy = query.copyWith(place);
        Place around = copy.around(place);
        Rendered base = Rendered.primary("$L", locals.copy(copy));
        long offset = copy.offset(around, Abi.LP64);
        if (offset > 0) {
            base = Rendered.infix(base, "+", Level.SUM, Rendered.primary("$L", offset));
        }
        return addresses.address(
                base,
                place.selectors()
                        .subList(around.selectors().size(), place.selectors().size()));
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
    private void accumulate(QueryStep.AccumulateArray step) {
        FoldedValue.Array folded = step.folded();
        Local target = new Local(folded.local().identifier(), folded.scalar());
        Local index =
                new Local(folded.local().identifier(), ScalarType.I32);
        locals.assign(index, counter);
        locals.assign(target, locals.value(folded) + "[" + counter + "]");
        Place place = folded.operand().element(new Value.OfLocal(index), folded.arrayType());
        Prepared value = new Prepared(element, place);
        locals.assign(value, element);
        code.beginControlFlow(
                "for (int $L = 0; $L < $L.length; $L++)", counter, counter, locals.value(folded), counter);
        code.addStatement(
                "$T $L = $L",
                JavaType.of(folded.scalar()).typeName(),
                locals.value(value),
                MemoryAccess.read(folded.scalar(), address(place)));
        accumulate(folded, locals.value(target), new Value.OfLocal(target), new Value.OfPrepared(value));
        code.endControlFlow();
    }

    private void results() {
        if (!QueryHolderWriter.isNeeded(query)) {
            QueryResult.Computed only = (QueryResult.Computed) query.values().get(0);
            code.addStatement("return $L", expressions.asArgument(only.value()));
            return;
        }
        List<CodeBlock> stores = new ArrayList<>();
        for (QueryResult value : query.values()) {
            String field =
                    locals.result() + "." + JavaNames.result(value.result().name());
            if (value instanceof QueryResult.Computed computed) {
                stores.add(CodeBlock.of("$L = $L", field, expressions.asArgument(computed.value())));
            } else {
                FoldedValue folded = ((QueryResult.Array) value).folded();
                stores.add(CodeBlock.of("$L.$L = $L", locals.result(), QueryHolderWriter.spare(query, folded), field));
                stores.add(CodeBlock.of("$L = $L", field, locals.value(folded)));
            }
        }
        stores.forEach(code::addStatement);
    }
}
