// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.differential;

import dev.opvc.compiler.model.ConstantValue.NullValue;
import dev.opvc.compiler.model.Expr;
import dev.opvc.compiler.model.Parameter;
import dev.opvc.compiler.model.PointerType;
import dev.opvc.compiler.model.Stmt;
import dev.opvc.compiler.model.UnitDefinition;
import java.util.List;

/** Finds the pointers that a transaction compares with null somewhere: to others it is never given. */
final class NullTests {
    private NullTests() {}

    static boolean mentions(UnitDefinition unit, Parameter parameter) {
        return parameter.type() instanceof PointerType && inBlock(unit.body(), parameter);
    }

    private static boolean inBlock(List<Stmt> body, Parameter parameter) {
        return body.stream().anyMatch(statement -> inStatement(statement, parameter));
    }

    private static boolean inStatement(Stmt statement, Parameter parameter) {
        if (statement instanceof Stmt.Require require) {
            return inCondition(require.condition(), parameter);
        }
        if (statement instanceof Stmt.Guarded guarded) {
            return inCondition(guarded.condition(), parameter) || inBlock(guarded.body(), parameter);
        }
        return statement instanceof Stmt.Choice choice
                && (inCondition(choice.condition(), parameter)
                        || inBlock(choice.then(), parameter)
                        || inBlock(choice.otherwise(), parameter));
    }

    private static boolean inCondition(Expr condition, Parameter parameter) {
        if (condition instanceof Expr.Unary unary) {
            return inCondition(unary.operand(), parameter);
        }
        if (condition instanceof Expr.Logical logical) {
            return inCondition(logical.left(), parameter) || inCondition(logical.right(), parameter);
        }
        return condition instanceof Expr.Comparison comparison
                && comparison.left() instanceof Expr.ParameterValue value
                && value.parameter() == parameter
                && comparison.right() instanceof Expr.Constant constant
                && constant.value() instanceof NullValue;
    }
}
