// SPDX-License-Identifier: Apache-2.0
package dev.opvc.samples.stress;

import java.util.SplittableRandom;

/** A structure under stress. Its methods end the process by {@link Stress#fail} where something is wrong. */
interface Subject {
    /** Does a worker's operations. */
    void work(Worker worker);

    /** What a further thread, which is moved too, does again and again while workers work, and once more afterwards. */
    default void serve() {}

    /** Checks, while workers work, that a possible CPU's slot is in no state between two transactions. */
    void checkSlot(int cpu, SplittableRandom random);

    /** When no thread works any more: checks the result, and frees what the subject has allocated. */
    void finish(long operations);
}
