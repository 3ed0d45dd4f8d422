// SPDX-License-Identifier: Apache-2.0
/** Values, addresses, lengths and checks as Java expressions. */
@NullMarked
package dev.opvc.compiler.emit.java.expressions;

import org.jspecify.annotations.NullMarked;
