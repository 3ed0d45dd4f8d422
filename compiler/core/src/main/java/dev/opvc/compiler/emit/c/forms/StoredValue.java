// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.c.forms;

import dev.opvc.compiler.emit.c.expressions.ExpressionRenderer;
import dev.opvc.compiler.emit.c.text.CExpression;
import dev.opvc.compiler.emit.c.types.RawBits;
import dev.opvc.compiler.model.ScalarType;
import dev.opvc.compiler.model.Type;
import dev.opvc.compiler.vector.Operation;
import dev.opvc.compiler.vector.Value;

/** Values as sections take them: unsigned integers of the width that is stored. */
final class StoredValue {
    private StoredValue() {}

    /** The bits of a value. */
    static CExpression of(Type type, CExpression value) {
        return type == ScalarType.BOOL ? RawBits.held(type, value) : RawBits.of(type, value);
    }

    /** What an operation adds. */
    static CExpression ofCount(Operation.Add add, ExpressionRenderer expressions) {
        Type type = SingleStores.stored(add);
        String target = RawBits.unsigned(type);
        CExpression count = expressions.renderUnsigned64(add.count());
        boolean isWide = RawBits.width(type).equals(ScalarType.U64.toString());
        return isWide && !(add.count() instanceof Value.Constant) ? count : CExpression.cast(target, count);
    }
}
