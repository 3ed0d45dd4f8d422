// SPDX-License-Identifier: Apache-2.0
/** The one reservation of address space that all memory of the runtime comes from, and its pools. */
@NullMarked
package dev.opvc.runtime.internal.memory;

import org.jspecify.annotations.NullMarked;
