// SPDX-License-Identifier: Apache-2.0
/** The syntax tree: what was written, with nothing resolved. */
@NullMarked
package dev.opvc.compiler.ast;

import org.jspecify.annotations.NullMarked;
