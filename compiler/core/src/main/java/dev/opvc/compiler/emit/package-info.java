// SPDX-License-Identifier: Apache-2.0
/** The last phase: from operation vectors to source for a target. */
@NullMarked
package dev.opvc.compiler.emit;

import org.jspecify.annotations.NullMarked;
