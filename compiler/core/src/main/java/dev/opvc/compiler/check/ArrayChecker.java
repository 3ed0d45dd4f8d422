// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.check;

import dev.opvc.compiler.ast.ArrayLength;
import dev.opvc.compiler.ast.Expression;
import dev.opvc.compiler.diagnostic.Diagnostic;
import dev.opvc.compiler.diagnostic.DiagnosticCode;
import dev.opvc.compiler.diagnostic.Diagnostics;
import dev.opvc.compiler.model.Abi;
import dev.opvc.compiler.model.ArrayType;
import dev.opvc.compiler.model.ConstantValue;
import dev.opvc.compiler.model.ConstantValue.IntegerValue;
import dev.opvc.compiler.model.Type;
import java.math.BigInteger;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Makes array types of the lengths behind a name. */
final class ArrayChecker {
    private final Definitions definitions;
    private final Diagnostics diagnostics;

    ArrayChecker(Definitions definitions, Diagnostics diagnostics) {
        this.definitions = definitions;
        this.diagnostics = diagnostics;
    }

    /**
     * The element's type if there are no lengths. They are written with the outermost first, so the type is made from
     * the last one.
     *
     * @param element a type whose size is known
     * @param lengths each with a number, or a largest one
     */
    Optional<Type> array(Type element, List<ArrayLength> lengths) {
        Type type = element;
        for (int i = lengths.size() - 1; i >= 0; i--) {
            ArrayLength written = lengths.get(i);
            boolean sized = written.max() != null;
            Expression expression = Objects.requireNonNull(sized ? written.max() : written.length());
            Optional<Long> length = length(expression);
            if (length.isEmpty()) {
                return Optional.empty();
            }
            if (length.get() > StructChecker.STRUCT_SIZE_MAX / type.size(Abi.LP64)) {
                StructChecker.reportSize(expression.span(), "this array", diagnostics);
                return Optional.empty();
            }
            type = new ArrayType(type, length.get(), sized);
        }
        return Optional.of(type);
    }

    private Optional<Long> length(Expression expression) {
        Optional<ConstantValue> value =
                new ExpressionChecker(definitions, Scope.empty(), diagnostics).constant(expression);
        if (value.isEmpty()) {
            return Optional.empty();
        }
        if (!(value.get() instanceof IntegerValue integer) || !integer.portable()) {
            diagnostics.report(Diagnostic.at(
                    expression.span(),
                    DiagnosticCode.TYPE_MISMATCH,
                    "the length of an array is an integer that is the same on every machine"));
            return Optional.empty();
        }
        BigInteger length = integer.lp64();
        if (length.signum() <= 0) {
            diagnostics.report(Diagnostic.at(
                    expression.span(),
                    DiagnosticCode.CONSTANT_RANGE,
                    "an array has at least one element, not " + length));
            return Optional.empty();
        }
        return Optional.of(length.min(BigInteger.valueOf(Long.MAX_VALUE)).longValue());
    }
}
