// SPDX-License-Identifier: Apache-2.0
/** Files and what they import: from paths to syntax trees that know each other. */
@NullMarked
package dev.opvc.compiler.module;

import org.jspecify.annotations.NullMarked;
