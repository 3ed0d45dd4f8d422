// SPDX-License-Identifier: Apache-2.0
/** What everything is called in Java, and which class has it. */
@NullMarked
package dev.opvc.compiler.emit.java.names;

import org.jspecify.annotations.NullMarked;
