// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.check;
import dev.opvc.compiler.model.Origin;

import dev.opvc.compiler.ast.Expression;
import dev.opvc.compiler.ast.Statement;
import dev.opvc.compiler.language.UnaryOperator;
import dev.opvc.compiler.diagnostic.Diagnostic;
import dev.opvc.compiler.diagnostic.DiagnosticCode;
import dev.opvc.compiler.diagnostic.Diagnostics;
import dev.opvc.compiler.model.AddressExpr;
import dev.opvc.compiler.model.Expr;
import dev.opvc.compiler.model.Length;
import dev.opvc.compiler.model.ScalarType;
import dev.opvc.compiler.model.Stmt;
import dev.opvc.compiler.model.Stmt.RawAddress;
import dev.opvc.compiler.model.ConstantValue.IntegerValue;
import dev.opvc.compiler.source.Span;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Types the statements of a raw vector: one operation each. */
final class VectorChecker {
    static final String FAULT = "fault";

    private final Scope scope;
    private final ExpressionChecker expressions;
    private final OperandChecker operands;
    private final Diagnostics diagnostics;

    /** The cells of parameters whose address is taken. All operations that name a parameter share its cell. */

    VectorChecker(Definitions definitions, Scope scope, Diagnostics diagnostics) {
        this.scope = scope;
        this.expressions = new ExpressionChecker(definitions, scope, diagnostics);
        this.operands = new OperandChecker(expressions, diagnostics);
        this.diagnostics = diagnostics;
    }

    List<Stmt> body(List<Statement> statements) {
        List<Stmt> result = new ArrayList<>();
        for (Statement statement : statements) {
            Stmt checked = statement(statement);
            if (checked != null) {
                result.add(checked);
            }
        }
        return result;
    }

    private @Nullable Stmt statement(Statement statement) {
        if (statement instanceof Statement.Barrier barrier) {
            return new Stmt.Barrier(barrier.span());
        }
        if (statement instanceof Statement.Call call) {
            return operation(call);
        }
        if (!(statement instanceof Statement.Broken)) {
            diagnostics.report(Diagnostic.at(
                            statement.span(),
                            DiagnosticCode.BAD_STATEMENT,
                            "a vector holds operations only, one a statement")
                    .help("write it as an operation, or make this a `transaction`"));
        }
        return null;
    }

    private @Nullable Stmt operation(Statement.Call statement) {
        Expression.Call call = statement.call();
        Optional<RawOperations> found = RawOperations.named(call.name().text());
        if (found.isEmpty()) {
            Diagnostic diagnostic = Diagnostic.at(
                    call.name().span(), DiagnosticCode.BAD_CALL, "there is no operation `" + call.name() + "`");
            diagnostics.report(diagnostic.help(Suggestions.among(call.name().text(), RawOperations.words())
                    .orElse("the operations are " + String.join(", ", RawOperations.words()) + " and `barrier`")));
            return null;
        }
        RawOperations operation = found.get();
        List<Expression> arguments = call.arguments();
        if (arguments.size() != operation.arguments()) {
            diagnostics.report(Diagnostic.at(
                            call.span(),
                            DiagnosticCode.BAD_CALL,
                            "`" + call.name() + "` takes " + operation.arguments() + " arguments, not "
                                    + arguments.size())
                    .help("write `" + operation.usage() + ";`"));
            return null;
        }
        return operation(operation, arguments, statement.span());
    }

    private @Nullable Stmt operation(RawOperations operation, List<Expression> arguments, Span span) {
        List<RawAddress> addresses = new ArrayList<>();
        for (Expression argument : arguments.subList(0, operation.addresses())) {
            RawAddress address = address(argument);
            if (address != null) {
                addresses.add(address);
            }
        }
        Expr value = null;
        ScalarType valueType = operation.valueType();
        if (valueType != null) {
            value = value(arguments.get(operation.addresses()), valueType);
        }
        Length length = operands.length(arguments.get(arguments.size() - 1));
        boolean complete = addresses.size() == operation.addresses() && (valueType == null) == (value == null);
        return length == null || !complete
                ? null
                : new Stmt.Raw(operation.code().word(), addresses, value, length, span);
    }

    private @Nullable RawAddress address(Expression argument) {
        if (argument instanceof Expression.Call call && call.name().text().equals(FAULT)) {
            if (call.arguments().size() != 1) {
                diagnostics.report(
                        Diagnostic.at(call.span(), DiagnosticCode.BAD_CALL, "`fault` takes one address: `fault(p)`"));
                return null;
            }
            AddressExpr address = plainAddress(call.arguments().get(0));
            return address == null ? null : new RawAddress(address, true);
        }
        AddressExpr address = plainAddress(argument);
        return address == null ? null : new RawAddress(address, false);
    }

    private @Nullable AddressExpr plainAddress(Expression argument) {
        if (argument instanceof Expression.Parenthesized parenthesized) {
            return plainAddress(parenthesized.inner());
        }
        if (argument instanceof Expression.Unary unary
                && unary.operator() == UnaryOperator.ADDRESS_OF
                && unary.operand() instanceof Expression.Name name
                && scope.use(name.name().text()).orElse(null) instanceof Scope.Local.OfParameter local
                && !local.parameter().perCpu()) {
            return new AddressExpr.OfParameter(
                    new Expr.ParameterValue(local.parameter(), new Origin(argument.span())));
        }
        return operands.address(argument);
    }

    /** Counts and masks are 64 bits of the caller's integer, whatever its type; a count of bits is never signed. */
    private @Nullable Expr value(Expression argument, ScalarType type) {
        Expr value = expressions.integer(argument);
        if (value == null || value.type() == type) {
            return value;
        }
        if (value instanceof Expr.Constant constant) {
            return constant(constant, type, argument);
        }
        if (type == ScalarType.U32) {
            return expressions.typed(argument, type);
        }
        return new Expr.Conversion(value, type, value.origin());
    }

    private @Nullable Expr constant(Expr.Constant constant, ScalarType type, Expression argument) {
        BigInteger number = ((IntegerValue) constant.value()).lp64();
        boolean fits = type != ScalarType.U32
                || (number.signum() >= 0
                        && number.compareTo(ScalarType.U32.max(dev.opvc.compiler.model.Abi.LP64)) <= 0);
        if (!fits) {
            diagnostics.report(Diagnostic.at(
                    argument.span(), DiagnosticCode.SHIFT_RANGE, "nothing can be shifted by " + number + " bits"));
            return null;
        }
        return TypedConstants.convert(constant, type);
    }
}
