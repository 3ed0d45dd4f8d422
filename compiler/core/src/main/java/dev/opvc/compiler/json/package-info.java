// SPDX-License-Identifier: Apache-2.0
/** Writing JSON, for diagnostics and for explain. */
@NullMarked
package dev.opvc.compiler.json;

import org.jspecify.annotations.NullMarked;
