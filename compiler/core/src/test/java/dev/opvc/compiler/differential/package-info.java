// SPDX-License-Identifier: Apache-2.0
/**
 * The differential test: random transactions, each run in every form that the compiler makes, and held against a plain
 * interpreter of the typed program.
 *
 * <p>{@link dev.opvc.compiler.differential.ProgramGenerator} writes OPV, {@link
 * dev.opvc.compiler.differential.Frontend} drops what a documented limit refuses, {@link
 * dev.opvc.compiler.differential.InputGenerator} fills memory and arguments, {@link
 * dev.opvc.compiler.differential.Interpreter} says what has to happen, {@link
 * dev.opvc.compiler.differential.JavaForms} and {@link dev.opvc.compiler.differential.CForms} say what does, and {@link
 * dev.opvc.compiler.differential.Comparison} compares. The interpreter shares nothing with the phases behind the checker:
 * where it and they agree, two readings of the language do.
 */
@NullMarked
package dev.opvc.compiler.differential;

import org.jspecify.annotations.NullMarked;
