// SPDX-License-Identifier: Apache-2.0
/**
 * Keeps output folders in step with sources, for build tools: {@link dev.opvc.compiler.incremental.IncrementalBuild} is
 * the way in.
 */
@NullMarked
package dev.opvc.compiler.incremental;

import org.jspecify.annotations.NullMarked;
