// SPDX-License-Identifier: Apache-2.0
/**
 * The one formatting of source.
 *
 * <p>It is a function of the tokens, the comments, and two things about white space: at which ends of a comment there
 * is a line end, and where blank lines are. Both are still the same in what was formatted, so formatting that again
 * changes nothing.
 *
 * <p>{@link dev.opvc.compiler.format.LineStarts}, {@link dev.opvc.compiler.format.Spacing} and {@link
 * dev.opvc.compiler.format.WrapPoints} read from the parse tree what holds for each token, {@link
 * dev.opvc.compiler.format.Layout} puts tokens and comments together to {@linkplain dev.opvc.compiler.format.Line lines},
 * and each line wraps itself.
 */
@NullMarked
package dev.opvc.compiler.format;

import org.jspecify.annotations.NullMarked;
