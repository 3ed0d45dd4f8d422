// SPDX-License-Identifier: Apache-2.0
package dev.opvc.runtime.internal.engine;

import dev.opvc.runtime.internal.os.RawMemory;

/** Compares bytes; 1, 2, 4 and 8 aligned ones by a single load a side. */
final class Compare {
    private Compare() {}

    static boolean equal(long a, long b, int len) {
        if (Word.isSize(len)) {
            return Word.load(a, len) == Word.load(b, len);
        }
        int done = 0;
        for (; done <= len - Long.BYTES; done += Long.BYTES) {
            if (RawMemory.getLong(a + done) != RawMemory.getLong(b + done)) {
                return false;
            }
        }
        for (; done < len; done++) {
            if (RawMemory.getByte(a + done) != RawMemory.getByte(b + done)) {
                return false;
            }
        }
        return true;
    }
}
