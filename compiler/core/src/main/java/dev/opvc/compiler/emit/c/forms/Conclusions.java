// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.c.forms;

/** What generated functions answer beside outcomes. */
final class Conclusions {
    /** A value is not in its range, or a CPU is not possible. */
    static final String RANGE_ERROR = "-EINVAL";

    /** Others have changed what was prepared. */
    static final String PREPARE_AGAIN = "OPV_PREPARE_AGAIN";

    /**
     * A signal's handler interrupts a holder of the CPU. This is all that an attempt or a look can have for an error, and
     * compilers cannot know it.
     */
    static final String HOLDER_INTERRUPTED = "-EDEADLK";

    /** Everything has happened, of a unit without outcomes. */
    static final String DONE = "0";

    private Conclusions() {}
}
