// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.c;

import dev.opvc.compiler.model.ArrayType;
import dev.opvc.compiler.model.Parameter;
import dev.opvc.compiler.model.Result;
import dev.opvc.compiler.vector.QueryUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The parameters of a query's functions, and the arguments with which one calls another. */
final class QuerySignature {
    private static final String CPU = "cpu";

    private final QueryUnit query;
    private final QueryNames names;
    private final QueryLocalNames locals;

    QuerySignature(QueryUnit query, QueryNames names, QueryLocalNames locals) {
        this.query = query;
        this.names = names;
        this.locals = locals;
    }

    /** Handles, then the rest, then where results go. */
    List<String> whole() {
        List<String> handles = query.perCpuParameters().stream()
                .map(slot -> CTypes.declare(PercpuWriter.pointer(PercpuWriter.handle(slot.struct())), locals.of(slot)))
                .toList();
        return join(handles, plain(), results());
    }

    List<String> build() {
        return join(List.of("struct cpu_op *ops"), copy());
    }

    List<String> copy() {
        List<String> slots = query.perCpuParameters().stream()
                .map(slot -> CTypes.declare(slot.type(), locals.of(slot)))
                .toList();
        return join(List.of("struct " + names.cellsTag() + " *cells"), slots, plain());
    }

    List<String> begin() {
        return join(List.of("struct " + names.foldsTag() + " *folds"), plain());
    }

    List<String> fold() {
        List<String> structs =
                List.of("struct " + names.foldsTag() + " *folds", "const struct " + names.cellsTag() + " *cells");
        return join(structs, plain());
    }

    List<String> end() {
        return join(List.of("const struct " + names.foldsTag() + " *folds"), plain(), results());
    }

    /** Arguments for a form. */
    String wholeArguments() {
        List<String> handles = query.perCpuParameters().stream().map(locals::of).toList();
        return arguments(handles, plainArguments(), resultArguments());
    }

    /** Arguments for what works on one CPU's slots, behind those that are its own. */
    String slotArguments(String... own) {
        List<String> slots = query.perCpuParameters().stream()
                .map(slot -> CNames.slot(slot.struct()) + "(" + locals.of(slot) + ", " + CPU + ")")
                .toList();
        return arguments(List.of(own), slots, plainArguments());
    }

    String plainArguments(String... own) {
        return arguments(List.of(own), plainArguments());
    }

    String endArguments() {
        return arguments(List.of("&folds"), plainArguments(), resultArguments());
    }

    /** All names of parameters that functions may leave unused. */
    List<String> parameterNames() {
        return query.parameters().stream().map(locals::of).toList();
    }

    List<String> plainNames() {
        return plainArguments();
    }

    private List<String> plain() {
        return plainParameters()
                .map(parameter -> CTypes.declare(parameter.type(), locals.of(parameter)))
                .toList();
    }

    private List<String> plainArguments() {
        return plainParameters().map(locals::of).toList();
    }

    private Stream<Parameter> plainParameters() {
        return query.parameters().stream().filter(parameter -> !parameter.perCpu());
    }

    /** An array's length stands in its declaration, so that compilers can look at what is passed. */
    private List<String> results() {
        return query.results().stream().map(this::result).toList();
    }

    private String result(Result result) {
        return result.type() instanceof ArrayType
                ? CTypes.declare(result.type(), locals.of(result))
                : CTypes.declare(PercpuWriter.pointer(CTypes.name(result.type())), locals.of(result));
    }

    private List<String> resultArguments() {
        return query.results().stream().map(locals::of).toList();
    }

    @SafeVarargs
    private static List<String> join(List<String>... parts) {
        List<String> all = new ArrayList<>();
        for (List<String> part : parts) {
            all.addAll(part);
        }
        return all;
    }

    @SafeVarargs
    private static String arguments(List<String>... parts) {
        return String.join(", ", join(parts));
    }
}
