// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit;

import dev.opvc.compiler.vector.Block;
import dev.opvc.compiler.vector.Step;

/**
 * One form of a transaction in one target: what it has written for each part of the plan. {@link PlanWalk} calls it in
 * the order in which a form does its work, the same for all forms. A form that is not written by a lock or a vector is
 * another writer, and nothing else.
 *
 * @param <P> what the form knows of the path that it is on: names that are taken, operations so far
 */
public interface FormWriter<P> {
    /** Computes a value that later parts use by its name. */
    void bind(Step.Bind bind, P path);

    /** Reads a place whose address needs nothing behind a pointer that was read. */
    void read(Step.Read read, P path);

    /** Reads places behind pointers that were read. */
    void load(Step.Load load, P path);

    /** Ends with a range error unless the check holds. */
    void check(Step.Check check, P path);

    /** Ends with an outcome unless a condition on known values holds. */
    void decide(Step.Decide decide, P path);

    /** Ends with an outcome unless a comparison of memory holds. */
    void guard(Step.Guard guard, P path);

    /** Does the writes of a path, and ends it. */
    void commit(Block.Commit commit, P path);

    /**
     * Whether a branch of a choice stands elsewhere, as a function of its own for instance. If so, the form has written
     * what leads there, and the walk passes the branch over.
     */
    default boolean isElsewhere(Block block, P path) {
        return false;
    }

    /**
     * Begins the branch where the condition of a choice holds.
     *
     * @return what is known of the path in that branch; what the branch adds to it is its own
     */
    P beginThen(Block.Choice choice, P path);

    /**
     * Ends that branch. What comes next, with the path from before the choice, is where the condition does not hold;
     * nothing comes behind that.
     */
    void endThen(Block.Choice choice);
}
