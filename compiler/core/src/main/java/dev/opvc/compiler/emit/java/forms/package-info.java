// SPDX-License-Identifier: Apache-2.0
/** The forms of units: bodies of methods that do the work, by plain code or by an operation vector. */
@NullMarked
package dev.opvc.compiler.emit.java.forms;

import org.jspecify.annotations.NullMarked;
