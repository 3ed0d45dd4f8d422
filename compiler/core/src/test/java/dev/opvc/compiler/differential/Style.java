// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.differential;

/**
 * What a transaction may contain, so that not every one contains everything, and is refused for its length.
 *
 * @param choices {@code if … else}
 * @param followsPointers computing with what lies behind a pointer that was read from memory
 * @param readsAnywhere reads behind stores that may have written what is read; else stores come last
 * @param lazyReads right sides of {@code &&} and {@code ||} that can fail
 * @param storesOnce at most one store on a path, so that it may be committed without a lock
 */
record Style(boolean choices, boolean followsPointers, boolean readsAnywhere, boolean lazyReads, boolean storesOnce) {
    static Style of(Choices choices) {
        return new Style(
                choices.chance(50), choices.chance(60), choices.chance(60), choices.chance(70), choices.chance(35));
    }
}
