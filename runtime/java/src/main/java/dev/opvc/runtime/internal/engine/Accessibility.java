// SPDX-License-Identifier: Apache-2.0
package dev.opvc.runtime.internal.engine;

/** Tells whether memory can be touched, without touching it from Java: a bad access there would end the process. */
interface Accessibility {
    /**
     * Whether {@code len} bytes, at least 1, that do not wrap around the address space, are all readable, or writable
     * if {@code write}. The answer holds at the time of the call only.
     */
    boolean isAccessible(long address, int len, boolean write);
}
