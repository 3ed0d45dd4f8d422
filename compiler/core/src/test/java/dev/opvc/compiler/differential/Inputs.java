// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.differential;

import dev.opvc.compiler.model.Parameter;
import java.util.Map;

/**
 * What a call is given, and what memory holds before.
 *
 * @param arena the memory that pointers lead to
 * @param slots each instance's slot of the CPU that is worked on
 * @param arguments the bits of each parameter that is no slot
 * @param instances each per-CPU parameter's instance
 * @param dirt bits for where a target's type for an argument has more than the parameter's
 */
record Inputs(
        Image arena,
        Map<Instance, Image> slots,
        Map<Parameter, Long> arguments,
        Map<Parameter, Instance> instances,
        long dirt) {}
