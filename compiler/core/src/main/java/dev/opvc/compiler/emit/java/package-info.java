// SPDX-License-Identifier: Apache-2.0
/** The Java emitter. */
@NullMarked
package dev.opvc.compiler.emit.java;

import org.jspecify.annotations.NullMarked;
