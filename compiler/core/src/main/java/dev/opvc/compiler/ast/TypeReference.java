// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.ast;

import dev.opvc.compiler.source.Span;

/** A type by name, with as many stars behind it as were written. */
public record TypeReference(String name, int pointers, Span span) {}
