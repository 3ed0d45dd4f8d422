// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.differential;

/** Bytes in a row. */
record Range(long start, long length) {
    /** Also where an end wraps around: what a wild pointer leads to. */
    boolean overlaps(Range other) {
        return (other.length > 0 && other.start - start >= 0 && other.start - start < length)
                || (length > 0 && start - other.start >= 0 && start - other.start < other.length);
    }
}
