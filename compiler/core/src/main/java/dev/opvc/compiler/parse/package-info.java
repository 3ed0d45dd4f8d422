// SPDX-License-Identifier: Apache-2.0
/** The first phase: from the text of a file to its syntax tree. */
@NullMarked
package dev.opvc.compiler.parse;

import org.jspecify.annotations.NullMarked;
