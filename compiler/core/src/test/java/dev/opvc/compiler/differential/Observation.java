// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.differential;

import java.util.List;
import java.util.Map;

/**
 * What calls did.
 *
 * @param answers those of the calls, in their order
 * @param arena the memory that pointers lead to, as it was left
 * @param slots each instance's slots, as they were left
 */
record Observation(List<Answer> answers, Image arena, Map<Slot, Image> slots) {}
