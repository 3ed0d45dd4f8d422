// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.java;

import com.palantir.javapoet.ArrayTypeName;
import com.palantir.javapoet.CodeBlock;
import dev.opvc.compiler.emit.java.Rendered.Level;
import dev.opvc.compiler.model.Abi;
import dev.opvc.compiler.model.ArrayType;
import dev.opvc.compiler.model.Binding;
import dev.opvc.compiler.model.Expr;
import dev.opvc.compiler.model.Fold;
import dev.opvc.compiler.model.Length;
import dev.opvc.compiler.model.Place;
import dev.opvc.compiler.model.Prepared;
import dev.opvc.compiler.model.ScalarType;
import dev.opvc.compiler.model.Value.IntegerValue;
import dev.opvc.compiler.vector.FoldedValue;
import dev.opvc.compiler.vector.QueryResult;
import dev.opvc.compiler.vector.QueryStep;
import dev.opvc.compiler.vector.QueryUnit;
import dev.opvc.compiler.vector.SlotCopy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Renders a form of a query. The forms differ in how they come by one state of a CPU's slots. The vector form has a
 * vector copy what is needed, and folds the copy. The direct form reads without excluding anybody, into variables, or
 * into a copy if it is more than some words, and reads again if somebody was at work; so it folds afterwards.
 */
final class QueryBody {
    private final QueryUnit query;
    private final QueryLocals locals;
    private final boolean vector;
    private final boolean copying;
    private final Slots slots;
    private final ExpressionRenderer expressions;
    private final AddressRenderer addresses;
    private final RangeCheckRenderer checks;
    private final String counter;
    private final String element;
    private final CodeBlock.Builder code = CodeBlock.builder();

    private QueryBody(QueryUnit query, JavaLayout layout, boolean vector) {
        this.query = query;
        this.locals = new QueryLocals(query, layout);
        this.vector = vector;
        this.copying = vector || !query.each().stream().allMatch(QueryBody::isOfWords);
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
        String cpu = locals.cpu();
        code.beginControlFlow("for (int $L = 0; $L < $T.possible(); $L++)", cpu, cpu, RuntimeClasses.CPUS, cpu);
        code.beginControlFlow("if (!$T.isPossible($L))", RuntimeClasses.CPUS, cpu)
                .addStatement("continue")
                .endControlFlow();
        if (copying) {
            code.add(slots.find());
            foldCopies();
        } else {
            foldWords();
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

    /** Whether a step reads a word that is there on whatever state, or no memory at all. */
    private static boolean isOfWords(QueryStep step) {
        return step instanceof QueryStep.Bind
                || step instanceof QueryStep.Accumulate
                || (step instanceof QueryStep.Read read
                        && read.when() == null
                        && isAtFixedOffset(read.prepared().place()));
    }

    private static boolean isAtFixedOffset(Place place) {
        return place.selectors().stream().noneMatch(Place.IndexSelector.class::isInstance);
    }

    private void foldWords() {
        List<QueryStep.Read> reads = query.each().stream()
                .filter(QueryStep.Read.class::isInstance)
                .map(QueryStep.Read.class::cast)
                .toList();
        String region = locals.fresh("region");
        String whole = locals.fresh("whole");
        String turn = locals.fresh("turn");
        String version = locals.fresh("version");
        code.addStatement("long $L = $T.region($L)", region, RuntimeClasses.CPU_EXCLUSION, locals.cpu());
        for (QueryStep.Read read : reads) {
            JavaType type = JavaType.of(read.prepared().type());
            code.addStatement(
                    "$T $L = $L",
                    type.typeName(),
                    locals.value(read.prepared()),
                    read.prepared().type() == ScalarType.BOOL ? "false" : "0");
        }
        code.addStatement("boolean $L = false", whole);
        code.beginControlFlow(
                "for (int $L = 0; $L < $T.SNAPSHOTS_MAX && !$L; $L++)",
                turn,
                turn,
                RuntimeClasses.CPU_EXCLUSION,
                whole,
                turn);
        code.addStatement("long $L = $T.version($L)", version, RuntimeClasses.CPU_EXCLUSION, region);
        readWords(reads, region);
        code.addStatement("$L = $T.isStill($L, $L)", whole, RuntimeClasses.CPU_EXCLUSION, region, version);
        code.endControlFlow();
        code.beginControlFlow("if (!$L)", whole);
        code.addStatement("$T.enter($L)", RuntimeClasses.CPU_EXCLUSION, locals.cpu());
        code.beginControlFlow("try");
        readWords(reads, region);
        code.nextControlFlow("finally");
        code.addStatement("$T.leave($L)", RuntimeClasses.CPU_EXCLUSION, region);
        code.endControlFlow();
        code.endControlFlow();
        query.each().stream().filter(step -> !(step instanceof QueryStep.Read)).forEach(this::step);
    }

    private void readWords(List<QueryStep.Read> reads, String region) {
        code.add(slots.findIn(region));
        for (QueryStep.Read read : reads) {
            Prepared prepared = read.prepared();
            code.addStatement(
                    "$L = $L",
                    locals.value(prepared),
                    MemoryAccess.read(prepared.type(), addresses.address(prepared.place())));
        }
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
        code.addStatement("$L.$L($L)", locals.vector(), vector ? "execute" : "snapshot", locals.cpu());
        query.each().forEach(this::step);
    }

    private CodeBlock length(SlotCopy copy) {
        return copy.operation().length() instanceof Length.OfType type
                ? addresses.size(type.type()).code()
                : CodeBlock.of("$L", copy.length(Abi.LP64));
    }

    private void step(QueryStep step) {
        if (step instanceof QueryStep.Bind bind) {
            code.add(expressions.declare(bind.binding(), bind.value()));
        } else if (step instanceof QueryStep.Check check) {
            check(check);
        } else if (step instanceof QueryStep.Read read) {
            read(read);
        } else if (step instanceof QueryStep.Accumulate accumulate) {
            FoldedValue folded = accumulate.folded();
            accumulate(folded.function(), new Expr.BindingValue(folded.binding()), accumulate.value());
        } else {
            accumulate((QueryStep.AccumulateArray) step);
        }
    }

    private void check(QueryStep.Check check) {
        CodeBlock statement = checks.orThrow(check.check());
        if (check.when() == null) {
            code.add(statement);
        } else {
            code.beginControlFlow("if ($L)", expressions.render(check.when()).code())
                    .add(statement)
                    .endControlFlow();
        }
    }

    private void read(QueryStep.Read read) {
        Prepared prepared = read.prepared();
        CodeBlock value = MemoryAccess.read(prepared.type(), address(prepared.place()));
        if (read.when() != null) {
            CodeBlock when = expressions.render(read.when()).atLeast(Level.LOGICAL_OR);
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

    private void accumulate(Fold function, Expr.BindingValue folded, Expr value) {
        String variable = locals.value(folded.binding());
        JavaType type = JavaType.of(value.type());
        boolean adds = function == Fold.SUM && !type.isMasked() && !type.isPromoted();
        if (adds) {
            code.addStatement("$L += $L", variable, expressions.render(value).code());
        } else {
            code.addStatement(
                    "$L = $L",
                    variable,
                    expressions.render(function.combine(folded, value)).code());
        }
    }

    /** An element is known to the renderers as a binding, and what is folded into it as a value that was read. */
    private void accumulate(QueryStep.AccumulateArray step) {
        FoldedValue folded = step.folded();
        Binding target = new Binding(folded.binding().identifier(), folded.neutral());
        Binding index =
                new Binding(folded.binding().identifier(), new Expr.Constant(ScalarType.I32, IntegerValue.of(0)));
        locals.assign(index, counter);
        locals.assign(target, locals.value(folded) + "[" + counter + "]");
        Place place = step.place().element(new Expr.BindingValue(index), (ArrayType) folded.type());
        Prepared value = new Prepared(element, place);
        locals.assign(value, element);
        code.beginControlFlow(
                "for (int $L = 0; $L < $L.length; $L++)", counter, counter, locals.value(folded), counter);
        code.addStatement(
                "$T $L = $L",
                JavaType.of(folded.scalar()).typeName(),
                locals.value(value),
                MemoryAccess.read(folded.scalar(), address(place)));
        accumulate(folded.function(), new Expr.BindingValue(target), new Expr.PreparedValue(value));
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
