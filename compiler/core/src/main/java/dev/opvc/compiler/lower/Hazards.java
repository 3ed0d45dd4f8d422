// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.lower;

import dev.opvc.compiler.diagnostic.Diagnostic;
import dev.opvc.compiler.diagnostic.DiagnosticCode;
import dev.opvc.compiler.diagnostic.Diagnostics;
import dev.opvc.compiler.model.Abi;
import dev.opvc.compiler.model.Address;
import dev.opvc.compiler.model.Expr;
import dev.opvc.compiler.model.Length;
import dev.opvc.compiler.model.Place;
import dev.opvc.compiler.model.Place.FieldSelector;
import dev.opvc.compiler.model.Place.IndexSelector;
import dev.opvc.compiler.model.Place.Selector;
import dev.opvc.compiler.model.Value.IntegerValue;
import dev.opvc.compiler.source.Span;
import dev.opvc.compiler.vector.Operation;
import dev.opvc.runtime.CpuOp;
import java.util.List;

/**
 * Guards run before all writes of their vector, wherever they stand in the source. So what a guard compares must not
 * have been written by a statement before it, and nothing can be compared after a barrier.
 */
final class Hazards {
    private final List<Operation> writes;
    private final Diagnostics diagnostics;

    Hazards(List<Operation> writes, Diagnostics diagnostics) {
        this.writes = writes;
        this.diagnostics = diagnostics;
    }

    /** Whether a place can be compared by a guard; a report if not. */
    boolean mayBeGuarded(Place place, Span span) {
        // Operations over the limit are an error anyway; looking at each of many for each guard would take long.
        for (Operation write : writes.subList(0, Math.min(writes.size(), CpuOp.CPU_OP_VEC_LEN_MAX))) {
            if (write instanceof Operation.Barrier) {
                diagnostics.report(Diagnostic.at(
                                span, DiagnosticCode.READ_AFTER_BARRIER, "a condition on memory behind a `barrier;`")
                        .note(write.span(), "the barrier")
                        .help("move the condition before the barrier: conditions run before all stores"));
                return false;
            }
            if (!distinct(destination(write), write.length(), place)) {
                diagnostics.report(Diagnostic.at(
                                span,
                                DiagnosticCode.NO_MEANING_YET,
                                "a condition on memory that may have been written before has no meaning yet")
                        .note(write.span(), "written here")
                        .help("move the condition before that store, if it is meant to see the old value"));
                return false;
            }
        }
        return true;
    }

    private static Address destination(Operation write) {
        return write.operands().get(0).address();
    }

    private static boolean distinct(Address written, Length length, Place place) {
        if (!(written instanceof Address.OfPlace ofPlace)) {
            return false;
        }
        Place target = ofPlace.place();
        if (ofDifferentStructs(target.pointer(), place.pointer())) {
            return true;
        }
        return target.pointer().equals(place.pointer()) && distinctWithin(reach(target, length), place.selectors());
    }

    /** Slots of different per-CPU structs never overlap: each instance has memory of its own. */
    private static boolean ofDifferentStructs(Expr a, Expr b) {
        return a instanceof Expr.ParameterValue first
                && b instanceof Expr.ParameterValue second
                && first.parameter().perCpu()
                && second.parameter().perCpu()
                && first.parameter().struct() != second.parameter().struct();
    }

    /** The innermost place that holds all that is written: a copy into an element may run into those behind it. */
    private static List<Selector> reach(Place target, Length length) {
        boolean within = true;
        for (Abi abi : Abi.values()) {
            within &= length.max(abi) <= target.type().size(abi);
        }
        int depth = target.selectors().size();
        return within || depth == 0 ? target.selectors() : target.selectors().subList(0, depth - 1);
    }

    /**
     * Two ways from one address lead to disjoint memory if they part at a field, or at indices known to differ. At
     * indices that are not known they part, or go on alike.
     */
    private static boolean distinctWithin(List<Selector> a, List<Selector> b) {
        for (int i = 0; i < Math.min(a.size(), b.size()); i++) {
            if (a.get(i) instanceof FieldSelector first && b.get(i) instanceof FieldSelector second) {
                if (first.field() != second.field()) {
                    return true;
                }
            } else if (a.get(i) instanceof IndexSelector first && b.get(i) instanceof IndexSelector second) {
                if (knownToDiffer(first.index(), second.index())) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Constants are compared by value, for each size of pointers: one index may be written in several types. */
    private static boolean knownToDiffer(Expr a, Expr b) {
        if (!(a instanceof Expr.Constant first) || !(b instanceof Expr.Constant second)) {
            return false;
        }
        for (Abi abi : Abi.values()) {
            if (((IntegerValue) first.value()).on(abi).equals(((IntegerValue) second.value()).on(abi))) {
                return false;
            }
        }
        return true;
    }
}
