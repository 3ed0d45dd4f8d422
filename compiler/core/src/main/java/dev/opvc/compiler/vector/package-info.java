// SPDX-License-Identifier: Apache-2.0
/** The one IR: operation vectors with typed operands, from which explain, Java, C and the tests read. */
@NullMarked
package dev.opvc.compiler.vector;

import org.jspecify.annotations.NullMarked;
