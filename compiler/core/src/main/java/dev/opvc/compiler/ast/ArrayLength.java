// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.ast;

import dev.opvc.compiler.source.Span;
import org.jspecify.annotations.Nullable;

/**
 * {@code [length]}, {@code [name max most]} of an array that is sized when it is allocated, or {@code []} of a result that
 * is as long as what it is assigned.
 *
 * @param length the number of elements, or the name behind which {@code max} stands; null in {@code []}
 * @param max the largest number of elements of an array that is sized when it is allocated
 */
public record ArrayLength(
        @Nullable Expression length, @Nullable Expression max, Span span) {}
