// SPDX-License-Identifier: Apache-2.0
/** The third phase: from the linked model to operation vectors. */
@NullMarked
package dev.opvc.compiler.lower;

import org.jspecify.annotations.NullMarked;
