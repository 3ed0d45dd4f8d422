// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.model;

import dev.opvc.compiler.language.Identifier;
import org.jspecify.annotations.Nullable;

/**
 * {@code const NAME = value;}: a number, exact and without a type, or a truth value.
 *
 * @param doc the documentation comment as written, with its delimiters
 */
public record ConstantDefinition(
        Identifier name, ConstantValue value, @Nullable String doc) {}
