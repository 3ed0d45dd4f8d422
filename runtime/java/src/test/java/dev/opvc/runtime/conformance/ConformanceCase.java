// SPDX-License-Identifier: Apache-2.0
package dev.opvc.runtime.conformance;

import java.util.List;
import java.util.Map;

/**
 * One case of the conformance file.
 *
 * @param line where it starts, from 1
 * @param cpu the CPU named, or {@link #CURRENT_CPU}
 */
record ConformanceCase(
        String name,
        int line,
        int pages,
        long seed,
        List<Protection> protections,
        List<Op> ops,
        int count,
        int cpu,
        int flags,
        int result,
        List<Change> changes) {

    /** Stands for the CPU that the caller runs on. */
    static final int CURRENT_CPU = Integer.MIN_VALUE;

    /** A page that is read-only, or inaccessible, when the call is made. */
    record Protection(int page, boolean readable) {}

    /** An operation: its number, and its arguments by name, as written. */
    record Op(int number, Map<String, String> arguments, List<String> flags) {}

    /** Bytes that differ afterwards, in hexadecimal. */
    record Change(int offset, String hex) {}
}
