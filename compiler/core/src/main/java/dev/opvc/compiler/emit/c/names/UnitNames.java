// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.c.names;

import dev.opvc.compiler.model.Outcome;
import dev.opvc.compiler.model.Parameter;
import dev.opvc.compiler.vector.LoweredUnit;
import dev.opvc.compiler.vector.VectorProgram;
import java.util.List;

/**
 * What is made of a unit, and how it is called. Every name is made from the stem and made safe by itself.
 *
 * @param stem what its names begin with: {@code latency_pop}
 */
public record UnitNames(String stem) {
    public static UnitNames of(VectorProgram program, LoweredUnit unit) {
        List<Parameter> slots = unit.perCpuParameters();
        String owner = slots.isEmpty()
                ? CNames.fileStem(program.path())
                : CNames.snake(slots.get(0).struct().name());
        return new UnitNames(
                CNames.prefixed(program.namespace(), owner + "_" + unit.name().text()));
    }

    /** The function that callers use first: on the current CPU where there is a choice. */
    public String function() {
        return NameKind.FILE_SCOPE.safe(stem);
    }

    /** What fills the operations of its vector. */
    public String builder() {
        return withEnding("_build");
    }

    /** The memory of its own that its operations work on. */
    public String cellsTag() {
        return withEnding("_cells");
    }

    /** The function that returns what it sets places of a kind back to, by the number of that kind, from 0. */
    public String initialBlock(int number) {
        return withEnding("_initial_" + (number + 1));
    }

    /** The macro for the length of its operation array. */
    public String operations() {
        return NameKind.FILE_SCOPE.safe(CNames.upperSnake(stem) + "_OPS");
    }

    /** The function that names the CPU. */
    public String onCpu() {
        return withEnding("_on");
    }

    /** Plain code under the exclusion of a CPU that the caller names. */
    public String directOnCpu() {
        return withEnding("_direct_on");
    }

    /** What a transaction's direct form does while it excludes others. */
    public String locked() {
        return withEnding("_locked");
    }

    /** A transaction's form that holds the current CPU, where there is one that does not. */
    public String holding() {
        return withEnding("_holding");
    }

    /** A transaction's form that does not hold the current CPU. */
    public String optimistic() {
        return withEnding("_optimistic");
    }

    /** What that form calls where its section could not do the work. */
    public String busy() {
        return withEnding("_busy");
    }

    /** One attempt of that form. */
    public String attempt() {
        return withEnding("_attempt");
    }

    /** The form that builds a vector and runs it on a CPU that the caller names. */
    public String vectorOnCpu() {
        return withEnding("_vector_on");
    }

    /** What a transaction hands out of the values that it finds. */
    public String resultsTag() {
        return withEnding("_results");
    }

    public String outcomeTag() {
        return withEnding("_outcome");
    }

    public String enumerator(Outcome outcome) {
        return enumerator(outcome.name());
    }

    /** The end of a transaction of which everything has happened. */
    public String committed() {
        return enumerator(Outcome.COMMITTED);
    }

    private String enumerator(String outcome) {
        return NameKind.FILE_SCOPE.safe(CNames.upperSnake(stem) + "_" + CNames.upperSnake(outcome));
    }

    /** A query's form that copies under each CPU's exclusion. */
    public String direct() {
        return withEnding("_direct");
    }

    /** A query's form that has vectors copy. */
    public String vector() {
        return withEnding("_vector");
    }

    /** Does at once what the vector of a query does. */
    public String copy() {
        return withEnding("_copy");
    }

    /** Checks the parameters of a query, and sets the folds to what they begin with. */
    public String begin() {
        return withEnding("_begin");
    }

    /** Folds one CPU's copy in. */
    public String fold() {
        return withEnding("_fold");
    }

    /** Makes a query's results of the folds. */
    public String end() {
        return withEnding("_end");
    }

    /** What a query has folded so far. */
    public String foldsTag() {
        return withEnding("_folds");
    }

    private String withEnding(String ending) {
        return NameKind.FILE_SCOPE.safe(stem + ending);
    }
}
