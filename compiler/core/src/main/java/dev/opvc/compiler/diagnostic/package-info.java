// SPDX-License-Identifier: Apache-2.0
/** Diagnostics as data, and what renders them. */
@NullMarked
package dev.opvc.compiler.diagnostic;

import org.jspecify.annotations.NullMarked;
