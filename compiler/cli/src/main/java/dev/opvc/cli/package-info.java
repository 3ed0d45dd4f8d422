// SPDX-License-Identifier: Apache-2.0
/** The command line: a thin layer over {@link dev.opvc.compiler.Compiler}. */
@NullMarked
package dev.opvc.cli;

import org.jspecify.annotations.NullMarked;
