// SPDX-License-Identifier: Apache-2.0
/** The C emitter. */
@NullMarked
package dev.opvc.compiler.emit.c;

import org.jspecify.annotations.NullMarked;
