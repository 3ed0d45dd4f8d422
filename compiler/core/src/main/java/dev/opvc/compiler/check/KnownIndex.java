// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.check;

import dev.opvc.compiler.diagnostic.Diagnostic;
import dev.opvc.compiler.diagnostic.DiagnosticCode;
import dev.opvc.compiler.diagnostic.Diagnostics;
import dev.opvc.compiler.model.ConstantValue.IntegerValue;
import dev.opvc.compiler.model.Expr;
import dev.opvc.compiler.source.Span;
import java.math.BigInteger;

/** An index that is known while it is checked, of an array or a table. */
final class KnownIndex {
    private KnownIndex() {}

    /** Whether an index may be one of so many elements; reported if it is known not to be. */
    static boolean mayBeWithin(Expr index, long length, Span span, Diagnostics diagnostics) {
        if (!(index instanceof Expr.Constant constant)) {
            return true;
        }
        IntegerValue value = (IntegerValue) constant.value();
        if (isWithin(value.lp64(), length) && isWithin(value.ilp32(), length)) {
            return true;
        }
        diagnostics.report(Diagnostic.at(
                span, DiagnosticCode.OUT_OF_RANGE, "index " + value.lp64() + " is outside 0 to " + (length - 1)));
        return false;
    }

    private static boolean isWithin(BigInteger index, long length) {
        return index.signum() >= 0 && index.compareTo(BigInteger.valueOf(length)) < 0;
    }
}
