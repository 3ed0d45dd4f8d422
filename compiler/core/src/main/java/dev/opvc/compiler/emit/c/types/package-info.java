// SPDX-License-Identifier: Apache-2.0
/** Types of C, their constants, and what memory holds of them. */
@NullMarked
package dev.opvc.compiler.emit.c.types;

import org.jspecify.annotations.NullMarked;
