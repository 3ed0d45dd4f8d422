// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.java;

import com.palantir.javapoet.CodeBlock;
import dev.opvc.compiler.model.Parameter;
import dev.opvc.compiler.model.Result;
import dev.opvc.compiler.vector.QueryStep;
import dev.opvc.compiler.vector.QueryUnit;
import dev.opvc.compiler.vector.RangeCheck;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Javadoc of a query's methods. */
final class QueryDocs {
    private final QueryUnit query;
    private final QueryLocals locals;

    QueryDocs(QueryUnit query, QueryLocals locals) {
        this.query = query;
        this.locals = locals;
    }

    /** Of the method that returns the result, or gets the object for them passed. */
    CodeBlock ofQuery() {
        CodeBlock.Builder doc = begin();
        if (QueryHolderWriter.isNeeded(query)) {
            doc.add("\n@param $L gets what it gives", locals.result());
        } else {
            Result result = query.results().get(0);
            doc.add("\n@return {@code $L}: $L", result.name(), TypeDocs.value(result.type()));
        }
        throwing(doc);
        return doc.build();
    }

    /** Of the method that makes the object for the results. */
    CodeBlock ofAllocating() {
        CodeBlock.Builder doc = begin().add("\n@return what it gives, in a new instance");
        throwing(doc);
        return doc.build();
    }

    private CodeBlock.Builder begin() {
        String description = Javadoc.of(query.doc(), "The query {@code " + query.name() + "}.");
        CodeBlock.Builder doc = CodeBlock.builder()
                .add(
                        "$L\n",
                        Javadoc.paragraph(
                                description,
                                "Reads one possible CPU after the other, each in one state. What happens meanwhile on CPUs\n"
                                        + "that are yet to be read is seen, on others it is not."));
        for (Parameter parameter : query.parameters()) {
            if (!locals.isReceiver(parameter)) {
                doc.add("\n@param $L $L", locals.parameter(parameter), description(parameter));
            }
        }
        return doc;
    }

    private static String description(Parameter parameter) {
        if (parameter.perCpu()) {
            return "the {@code " + parameter.struct() + "} to read";
        }
        String max =
                parameter.max().isPresent() ? ", at most " + parameter.max().getAsLong() : "";
        return TypeDocs.argument(parameter.type()) + max;
    }

    private void throwing(CodeBlock.Builder doc) {
        if (has(RangeCheck.Divisor.class)) {
            doc.add("\n@throws ArithmeticException if it would divide by zero; no result changes");
        }
        if (has(RangeCheck.Index.class)) {
            doc.add("\n@throws IndexOutOfBoundsException if it would leave an array; no result changes");
        }
        List<String> illegal = new ArrayList<>();
        if (has(RangeCheck.WithinMax.class)) {
            illegal.add("a parameter is more than its largest");
        }
        if (has(RangeCheck.ShiftCount.class)) {
            illegal.add("a shift count is not below the width");
        }
        if (!illegal.isEmpty()) {
            doc.add("\n@throws IllegalArgumentException if $L; no result changes", String.join(", or ", illegal));
        }
        doc.add("\n@throws IllegalStateException if what it reads is closed; no result changes");
    }

    private boolean has(Class<? extends RangeCheck> kind) {
        return Stream.of(query.before(), query.each(), query.after())
                .flatMap(List::stream)
                .anyMatch(step -> step instanceof QueryStep.Check check && kind.isInstance(check.check()));
    }
}
