// SPDX-License-Identifier: Apache-2.0
/** The vocabulary of the language, which every phase may use: operators, names, and the kinds of unit. */
@NullMarked
package dev.opvc.compiler.language;

import org.jspecify.annotations.NullMarked;
