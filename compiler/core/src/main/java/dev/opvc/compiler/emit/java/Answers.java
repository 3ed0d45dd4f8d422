// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.java;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.TypeName;
import dev.opvc.compiler.model.Outcome;
import dev.opvc.compiler.model.Result;
import dev.opvc.compiler.vector.ResultValue;
import dev.opvc.compiler.vector.VectorUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Renders what a method answers once it is known how a transaction ends. */
final class Answers {
    private final VectorUnit unit;
    private final ClassName outcomes;

    Answers(VectorUnit unit, JavaLayout layout) {
        this.unit = unit;
        this.outcomes = layout.outcomesOf(unit);
    }

    TypeName returnType() {
        return switch (ResultForm.of(unit)) {
            case NOTHING -> TypeName.VOID;
            case VALUE -> JavaType.of(unit.results().get(0).type()).typeName();
            case COMMITTED -> TypeName.BOOLEAN;
            case OUTCOME -> outcomes;
            case VECTOR_RESULT -> TypeName.INT;
        };
    }

    /** Statements that hand on the results; the value to return comes from {@link #committed}. */
    CodeBlock results(List<ResultValue> results, Locals locals, Function<ResultValue, CodeBlock> value) {
        CodeBlock.Builder code = CodeBlock.builder();
        if (ResultForm.needsHolder(unit)) {
            for (ResultValue each : results) {
                Result result = each.result();
                code.addStatement("$L.$L = $L", locals.result(), JavaNames.result(result.name()), value.apply(each));
            }
        }
        return code.build();
    }

    /** The value to return when everything has happened, if there is one. */
    Optional<CodeBlock> committed(List<ResultValue> results, Function<ResultValue, CodeBlock> value) {
        return switch (ResultForm.of(unit)) {
            case NOTHING, VECTOR_RESULT -> Optional.empty();
            case VALUE -> Optional.of(value.apply(results.get(0)));
            case COMMITTED -> Optional.of(CodeBlock.of("true"));
            case OUTCOME -> Optional.of(constant(Outcome.COMMITTED));
        };
    }

    /** The value to return when nothing has happened. */
    CodeBlock refused(Outcome outcome) {
        return ResultForm.of(unit) == ResultForm.COMMITTED ? CodeBlock.of("false") : constant(outcome.name());
    }

    private CodeBlock constant(String outcome) {
        return CodeBlock.of("$T.$L", outcomes, JavaNames.constant(outcome));
    }
}
