// SPDX-License-Identifier: Apache-2.0
package dev.opvc.samples.pool;

/** A pool, and a table of buffers by which threads hand them to each other. */
interface PoolUnderTest extends AutoCloseable {
    String name();

    /** Acquires a buffer, marks it, and releases it. Fails if another thread has changed the mark meanwhile. */
    void useAndRelease(int bytes, int mark);

    /**
     * Acquires a buffer, marks it, leaves it in a place of the table, and releases the one that was there. All buffers
     * of one place have one size. Fails if that one has another mark than the place's.
     */
    void handOn(int place, int bytes, int mark);

    /** Releases what is in the table. */
    void releaseAll();

    /** Bytes that the pool has from the system. */
    long heldBytes();

    @Override
    void close();

    static void requireMark(int found, int expected) {
        if (found != expected) {
            throw new IllegalStateException("WRONG: two threads had one buffer: mark " + found + ", not " + expected);
        }
    }
}
