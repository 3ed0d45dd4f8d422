// SPDX-License-Identifier: Apache-2.0
/** How types of OPV are held, named and documented in Java. */
@NullMarked
package dev.opvc.compiler.emit.java.types;

import org.jspecify.annotations.NullMarked;
