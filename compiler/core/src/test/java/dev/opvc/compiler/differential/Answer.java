// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.differential;

import java.util.List;

/**
 * What a call answered.
 *
 * @param results the bits of each value of its results, in the order declared; all zero where it did not commit
 */
record Answer(Ending ending, List<Long> results) {}
