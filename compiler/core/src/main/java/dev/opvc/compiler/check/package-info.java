// SPDX-License-Identifier: Apache-2.0
/** The second phase: from a syntax tree to a linked and typed model of what it means. */
@NullMarked
package dev.opvc.compiler.check;

import org.jspecify.annotations.NullMarked;
