// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.c.forms;

import dev.opvc.compiler.emit.c.names.UnitNames;
import dev.opvc.compiler.vector.QueryStep;
import java.util.List;

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
        return join(handles(), plain(), results());
    }

    /** Handles, the CPU, then the rest. */
    List<String> wholeOnCpu() {
        return join(handles(), List.of("int " + CPU), plain(), results());
    }

    List<String> builder() {
        return join(List.of("struct cpu_op *ops"), copy());
    }

    List<String> copy() {
        return join(List.of("struct " + names.cellsTag() + " *" + CELLS), slots(), plain());
    }

    List<String> begin() {
        return join(List.of("struct " + names.foldsTag() + " *" + FOLDS), plain());
    }

    List<String> fold() {
        List<String> structs =
                List.of("struct " + names.foldsTag() + " *" + FOLDS, "const struct " + names.cellsTag() + " *" + CELLS);
        return join(structs, plain());
    }

    /** The names of what a fold may have no use for: its operands may be known without the slots. */
    List<String> foldArguments() {
        return join(List.of(CELLS), plainArguments());
    }

    List<String> end() {
        // What is added up among the elements of an array changes the folds.
        boolean changes = named.query().after().stream().anyMatch(QueryStep.Cumulate.class::isInstance);
        String folds = "struct " + names.foldsTag() + " *" + FOLDS;
        return join(List.of(changes ? folds : "const " + folds), plain(), results());
    }

    /** Arguments for a form. */
    String wholeArguments() {
        return arguments(handleArguments(), plainArguments(), resultArguments());
    }

    /** Arguments for a form that names the CPU. */
    String wholeArgumentsOnCpu() {
        return arguments(handleArguments(), List.of(CPU), plainArguments(), resultArguments());
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
    String plainArguments(String... own) {
        return arguments(List.of(own), plainArguments());
    }

    String endArguments() {
        return arguments(List.of("&folds"), plainArguments(), resultArguments());
    }
}
