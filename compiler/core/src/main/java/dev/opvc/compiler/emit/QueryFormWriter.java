// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit;

import dev.opvc.compiler.vector.FoldedValue;
import dev.opvc.compiler.vector.QueryResult;
import dev.opvc.compiler.vector.QueryStep;
import java.util.List;

/**
 * One form of a query in one target: what it has written for each part of the query's work. {@link QueryWalk} calls it
 * in the order in which a form does its work, the same for all forms.
 */
public interface QueryFormWriter {
    /** Has a fold begin with its neutral value. */
    void begin(FoldedValue folded);

    /** Begins what is done for each possible CPU, in ascending order: the steps that come next see one state of its slots. */
    void beginCpu();

    /** Ends it. */
    void endCpu();

    /** Computes a value that later steps use by its name. */
    void bind(QueryStep.Bind bind);

    /** Ends with a range error unless the check holds. */
    void check(QueryStep.Check check);

    /** Reads a value of a CPU's slots. */
    void read(QueryStep.Read read);

    /** Folds a value in. */
    void accumulate(QueryStep.Accumulate accumulate);

    /** Folds an array in, element by element. */
    void accumulateArray(QueryStep.AccumulateArray accumulate);

    /** Adds to each element of an array those before it. */
    void cumulate(QueryStep.Cumulate cumulate);

    /** Hands on the results, which nothing can stop any more, and ends. */
    void results(List<QueryResult> results);
}
