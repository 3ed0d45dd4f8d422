// SPDX-License-Identifier: Apache-2.0
/** The linked model: every name resolved, every expression typed, every layout known. */
@NullMarked
package dev.opvc.compiler.model;

import org.jspecify.annotations.NullMarked;
