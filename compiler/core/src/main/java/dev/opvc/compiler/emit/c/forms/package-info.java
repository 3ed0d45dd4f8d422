// SPDX-License-Identifier: Apache-2.0
/**
 * Units as functions of C.
 *
 * <p>A form of a transaction is a {@link dev.opvc.compiler.emit.c.forms.UnitForm}, which writes its functions, and a
 * {@link dev.opvc.compiler.emit.c.forms.FormBody}, which the walk of the plan leads through the statements of one of
 * them. All forms share values, conditions and branches; a form says how memory is read and compared, how it ends
 * without having committed, and how it commits.
 */
@NullMarked
package dev.opvc.compiler.emit.c.forms;

import org.jspecify.annotations.NullMarked;
