// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.lower;

import dev.opvc.compiler.ast.BinaryOperator;
import dev.opvc.compiler.model.Expr;
import dev.opvc.compiler.model.Place;
import dev.opvc.compiler.vector.Operation;

/**
 * An operation behind the guards, with what is known of the value that it leaves.
 *
 * @param operation the operation; its first operand is where it writes
 * @param effect what it leaves there
 */
record Write(Operation operation, Effect effect) {
    /** What a write leaves where it writes. */
    sealed interface Effect {}

    /** A value that preparation found. */
    record Stored(Expr value) implements Effect {}

    /** What another place held when the write's turn came. */
    record CopyOf(Place source) implements Effect {}

    /** The old value and another, combined. */
    record Updated(BinaryOperator operator, Expr value) implements Effect {}

    /** Bytes without a type, or no bytes at all. */
    record Unknown() implements Effect {}
}
