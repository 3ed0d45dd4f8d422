// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.c.forms;

import dev.opvc.compiler.emit.c.names.CNames;
import dev.opvc.compiler.emit.c.names.UnitNames;
import dev.opvc.compiler.emit.c.text.CExpression;
import dev.opvc.compiler.emit.c.types.CTypes;
import dev.opvc.compiler.model.ArrayType;
import dev.opvc.compiler.model.Parameter;
import dev.opvc.compiler.model.Result;
import dev.opvc.compiler.vector.FoldedValue;
import dev.opvc.compiler.vector.QueryResult;
import dev.opvc.compiler.vector.QueryStep;
import dev.opvc.compiler.vector.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The parameters of a query's functions, and the arguments with which one calls another. */
final class QuerySignature extends Signature {
    private static final String CELLS = "cells";
    private static final String FOLDS = "folds";

    private final NamedQuery named;
    private final UnitNames names;

    QuerySignature(NamedQuery named) {
        super(named.query(), named.locals());
        this.named = named;
        this.names = named.names();
    }

    /** Handles, then the rest, then where results go. */
    List<String> whole() {
        return join(handles(), plain(), resultsWithRoom());
    }

    /** Handles, the CPU, then the rest. */
    List<String> wholeOnCpu() {
        return join(handles(), List.of("int " + CPU), plain(), resultsWithRoom());
    }

    List<String> builder() {
        return join(List.of("struct cpu_op *ops"), copy());
    }

    List<String> copy() {
        return join(List.of("struct " + names.cellsTag() + " *" + CELLS), slots(), plain());
    }

    List<String> begin() {
        return join(List.of("struct " + names.foldsTag() + " *" + FOLDS), plain(), lengths());
    }

    List<String> fold() {
        List<String> structs =
                List.of("struct " + names.foldsTag() + " *" + FOLDS, "const struct " + names.cellsTag() + " *" + CELLS);
        return join(structs, plain(), lengths());
    }

    /** The names of what a fold may have no use for: its operands may be known without the slots. */
    List<String> foldArguments() {
        return join(List.of(CELLS), valueArguments());
    }

    List<String> end() {
        // What is added up among the elements of an array changes the folds.
        boolean changes = named.query().after().stream().anyMatch(QueryStep.Cumulate.class::isInstance);
        String folds = "struct " + names.foldsTag() + " *" + FOLDS;
        return join(List.of(changes ? folds : "const " + folds), plain(), lengths(), results());
    }

    /** Arguments for a form. */
    String wholeArguments() {
        return arguments(handleArguments(), plainArguments(), resultWithRoomArguments());
    }

    /** Arguments for a form that names the CPU. */
    String wholeArgumentsOnCpu() {
        return arguments(handleArguments(), List.of(CPU), plainArguments(), resultWithRoomArguments());
    }

    /** Arguments for what works on one CPU's slots, behind those that are its own. */
    String argumentsOnCpu(String... own) {
        return arguments(List.of(own), slotArguments(), plainArguments());
    }

    /** The same for what works on memory that holds what the slots do, by what leads there. */
    String argumentsAt(String offset, String own) {
        return arguments(List.of(own), slotArguments(offset), plainArguments());
    }

    /** Arguments for what needs no slot, behind those that are its own. */
    String valueArguments(String... own) {
        return arguments(List.of(own), valueArguments());
    }

    String endArguments() {
        return arguments(List.of("&folds"), valueArguments(), resultArguments());
    }

    /** The lengths that arrays were given when slots were allocated, for what has no slots to look at. */
    private List<String> lengths() {
        return given().map(this::declaration).toList();
    }

    private List<String> lengthNames() {
        return given().map(named.locals()::of).toList();
    }

    private Stream<Parameter> given() {
        return named.query().perCpuParameters().stream().flatMap(slot -> slot.length().stream());
    }

    private String declaration(Parameter length) {
        return CTypes.declare(
                CTypes.scalar(Parameter.LENGTH_TYPE), named.locals().of(length));
    }

    /** Names of all that stands for no slot. */
    List<String> valueArguments() {
        return join(plainArguments(), lengthNames());
    }

    /** Declares the lengths, where there are handles. */
    List<String> lengthsOfHandles() {
        List<String> declarations = new ArrayList<>();
        for (Parameter slot : named.query().perCpuParameters()) {
            slot.length()
                    .ifPresent(length -> declarations.add(declaration(length) + " = " + CNames.length(slot.struct())
                            + "(" + named.locals().of(slot) + ");"));
        }
        return declarations;
    }

    /** The lengths and what slots say that they are. */
    Map<String, CExpression> lengthsOfSlots() {
        Map<String, CExpression> lengths = new LinkedHashMap<>();
        for (Parameter slot : named.query().perCpuParameters()) {
            slot.length().ifPresent(length -> lengths.put(declaration(length), lengthInSlot(slot)));
        }
        return lengths;
    }

    private CExpression lengthInSlot(Parameter slot) {
        String field = CNames.member(slot.struct().lengthField().orElseThrow());
        ArrayType array = (ArrayType) slot.struct().tail().orElseThrow().type();
        return CExpression.call(
                "opv_length_in_slot",
                CExpression.primary(named.locals().of(slot) + "->" + field),
                CExpression.primary(String.valueOf(array.length())));
    }

    /** Where results go, each with the room that it has if that is not known when it is compiled. */
    private List<String> resultsWithRoom() {
        List<String> results = new ArrayList<>();
        for (Result result : named.query().results()) {
            results.add(result(result));
            named.locals().capacity(result).ifPresent(capacity -> results.add("size_t " + capacity));
        }
        return results;
    }

    private List<String> resultWithRoomArguments() {
        List<String> results = new ArrayList<>();
        for (Result result : named.query().results()) {
            results.add(named.locals().of(result));
            named.locals().capacity(result).ifPresent(results::add);
        }
        return results;
    }

    /** The conditions under which a result has less room than it needs. */
    List<String> tooLittleRoom() {
        List<String> conditions = new ArrayList<>();
        for (QueryResult value : named.query().values()) {
            if (value instanceof QueryResult.Array array) {
                named.locals()
                        .capacity(array.result())
                        .ifPresent(capacity -> conditions.add(capacity + " < " + length(array.folded())));
            }
        }
        return conditions;
    }

    private String length(FoldedValue.Array folded) {
        Value.OfParameter length = (Value.OfParameter) folded.givenLength().orElseThrow();
        return named.locals().of(length.parameter());
    }
}
