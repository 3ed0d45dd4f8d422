// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.differential;

/** Bytes in a row. */
record Range(long start, long length) {
    long end() {
        return start + length;
    }

    boolean overlaps(Range other) {
        return length > 0 && other.length > 0 && start < other.end() && other.start < end();
    }
}
