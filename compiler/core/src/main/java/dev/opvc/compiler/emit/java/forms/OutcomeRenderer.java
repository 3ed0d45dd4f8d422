// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.java.forms;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import dev.opvc.compiler.emit.java.names.JavaLayout;
import dev.opvc.compiler.emit.java.names.JavaNames;
import dev.opvc.compiler.emit.java.names.Variables;
import dev.opvc.compiler.emit.java.types.ResultForm;
import dev.opvc.compiler.model.Outcome;
import dev.opvc.compiler.model.Result;
import dev.opvc.compiler.vector.ResultValue;
import dev.opvc.compiler.vector.VectorUnit;
import java.util.List;
import java.util.Optional;

/** Renders what a method gives back once it is known how a transaction ends. */
final class OutcomeRenderer {
    private final ResultForm form;
    private final boolean holder;
    private final ClassName outcomes;

    OutcomeRenderer(VectorUnit unit, JavaLayout layout) {
        this.form = ResultForm.of(unit);
        this.holder = ResultForm.needsHolder(unit);
        this.outcomes = layout.outcomesOf(unit);
    }

    ResultForm form() {
        return form;
    }

    /** Whether a method returns nothing. */
    boolean isVoid() {
        return form == ResultForm.NOTHING;
    }

    /** A call that returns what a method is to return. */
    CodeBlock returning(CodeBlock call) {
        return CodeBlock.of(isVoid() ? "$L" : "return $L", call);
    }

    /** Statements that hand on the results; the value to return comes from {@link #committed}. */
    CodeBlock results(List<ResultValue> results, Variables variables, ResultValue.Cases<CodeBlock> values) {
        CodeBlock.Builder code = CodeBlock.builder();
        if (holder) {
            for (ResultValue each : results) {
                Result result = each.result();
                code.addStatement(
                        "$L.$L = $L", variables.result(), JavaNames.result(result.name()), each.match(values));
            }
        }
        return code.build();
    }

    /** The value to return when everything has happened, if there is one. */
    Optional<CodeBlock> committed(List<ResultValue> results, ResultValue.Cases<CodeBlock> values) {
        return switch (form) {
            case NOTHING, VECTOR_RESULT -> Optional.empty();
            case VALUE -> Optional.of(results.get(0).match(values));
            case COMMITTED -> Optional.of(CodeBlock.of("true"));
            case OUTCOME -> Optional.of(constant(Outcome.COMMITTED));
        };
    }

    /** The value to return when nothing has happened. */
    CodeBlock refused(Outcome outcome) {
        return form == ResultForm.COMMITTED ? CodeBlock.of("false") : constant(outcome.name());
    }

    private CodeBlock constant(String outcome) {
        return CodeBlock.of("$T.$L", outcomes, JavaNames.constant(outcome));
    }
}
