// SPDX-License-Identifier: Apache-2.0
/** C as text: lines, comments, statements and expressions, of which nothing is known but how they are put together. */
@NullMarked
package dev.opvc.compiler.emit.c.text;

import org.jspecify.annotations.NullMarked;
