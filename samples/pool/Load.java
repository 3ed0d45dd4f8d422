// SPDX-License-Identifier: Apache-2.0
package dev.opvc.samples.pool;

/**
 * What a thread does with a pool.
 *
 * @param title what it is called
 * @param isHandedOn whether buffers are released by another thread than acquired them
 */
record Load(String title, boolean isHandedOn) {
    /** Places of the table by which buffers are handed on. */
    static final int PLACES = 512;

    /** Between two numbers of places that a thread goes through: odd, so that it comes to all. */
    private static final int STRIDE = 37;

    /** The size of all buffers of a place, which is in its mark too. */
    static int bytesOf(int place) {
        return BufferPool.SMALLEST << classOfPlace(place);
    }

    static int classOf(int bytes) {
        return Integer.numberOfTrailingZeros(bytes / BufferPool.SMALLEST);
    }

    private static int classOfPlace(int place) {
        return place % PoolOps.CLASSES;
    }

    void run(PoolUnderTest pool, int first, int operations) {
        int place = first % PLACES;
        for (int i = 0; i < operations; i++) {
            place = (place + STRIDE) % PLACES;
            if (isHandedOn) {
                pool.handOn(place, bytesOf(place), place);
            } else {
                pool.useAndRelease(bytesOf(place), first);
            }
        }
    }
}
