// SPDX-License-Identifier: Apache-2.0
/** Shows what a file became: its operation vectors, for tools and for people. */
@NullMarked
package dev.opvc.compiler.explain;

import org.jspecify.annotations.NullMarked;
