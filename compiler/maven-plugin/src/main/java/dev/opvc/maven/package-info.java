// SPDX-License-Identifier: Apache-2.0
/** The Maven plugin: a thin layer over {@link dev.opvc.compiler.incremental.IncrementalBuild}. */
@NullMarked
package dev.opvc.maven;

import org.jspecify.annotations.NullMarked;
