// SPDX-License-Identifier: Apache-2.0
/** The compiler as a library: {@link dev.opvc.compiler.Compiler} is the way in. The packages below it are its phases. */
@NullMarked
package dev.opvc.compiler;

import org.jspecify.annotations.NullMarked;
