// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.differential;

import dev.opvc.compiler.model.Parameter;
import java.util.Map;

/**
 * A call, and what it is given.
 *
 * @param cpu the CPU that it is for; or {@link #ALL}, of queries and drains only
 * @param arguments the bits of each parameter that is no slot
 * @param instances each per-CPU parameter's instance
 * @param dirt bits for where a target's type for an argument has more than the parameter's
 */
record Call(Unit unit, int cpu, Map<Parameter, Long> arguments, Map<Parameter, Instance> instances, long dirt) {
    static final int ALL = -1;
}
