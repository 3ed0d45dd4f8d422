// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.differential;

import java.util.List;
import java.util.Map;

/**
 * What a call did.
 *
 * @param results the bits of each result, in the order declared; all zero where it did not commit
 * @param arena the memory that pointers lead to, as it was left
 * @param slots each instance's slot, as it was left
 */
record Observation(Ending ending, List<Long> results, Image arena, Map<Instance, Image> slots) {}
