// SPDX-License-Identifier: Apache-2.0
/** Values, addresses, lengths and range checks as expressions of C: the same in every form. */
@NullMarked
package dev.opvc.compiler.emit.c.expressions;

import org.jspecify.annotations.NullMarked;
