// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.lower;

import dev.opvc.compiler.model.Abi;
import dev.opvc.compiler.model.Expr;
import dev.opvc.compiler.model.ScalarType;
import dev.opvc.compiler.model.Type;

/**
 * Conversions that leave every byte as it is: where what memory holds is only copied or compared, they are nothing.
 */
final class BitwiseCopy {
    private BitwiseCopy() {}

    /** What a place holds, without such conversions around it; any other expression as it is. */
    static Expr source(Expr expr) {
        Expr inner = expr;
        while (inner instanceof Expr.Conversion conversion
                && keepsBytes(conversion.operand().type(), conversion.type())) {
            inner = conversion.operand();
        }
        return inner instanceof Expr.PlaceValue ? inner : expr;
    }

    /** Whether a conversion between two types leaves the bytes as they are. */
    static boolean keepsBytes(Type from, Type to) {
        boolean sameSize = true;
        for (Abi abi : Abi.values()) {
            sameSize &= from.size(abi) == to.size(abi);
        }
        return sameSize && isBits(from) && isBits(to);
    }

    /** Pointers and integers are their bits; a float is converted by value, and many bytes stand for one truth value. */
    private static boolean isBits(Type type) {
        return !(type instanceof ScalarType scalar) || scalar.isInteger();
    }
}
