// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.check;

import dev.opvc.compiler.ast.Expression;
import dev.opvc.compiler.ast.Statement;
import dev.opvc.compiler.diagnostic.Diagnostic;
import dev.opvc.compiler.diagnostic.DiagnosticCode;
import dev.opvc.compiler.diagnostic.Diagnostics;
import dev.opvc.compiler.language.UnaryOperator;
import dev.opvc.compiler.model.AddressExpr;
import dev.opvc.compiler.model.ByteCount;
import dev.opvc.compiler.model.ConstantValue.IntegerValue;
import dev.opvc.compiler.model.Expr;
import dev.opvc.compiler.model.Origin;
import dev.opvc.compiler.model.ScalarType;
import dev.opvc.compiler.model.Stmt;
import dev.opvc.compiler.model.Stmt.RawAddress;
import dev.opvc.compiler.source.Span;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;

/** Types the statements of a raw vector: one operation each. */
final class VectorChecker {
    static final String FAULT = "fault";

    private final Scope scope;
    private final ExpressionChecker expressions;
    private final OperandChecker operands;
    private final Diagnostics diagnostics;

    VectorChecker(Definitions definitions, Scope scope, Diagnostics diagnostics) {
        this.scope = scope;
        this.expressions = new ExpressionChecker(definitions, scope, diagnostics);
        this.operands = new OperandChecker(expressions, diagnostics);
        this.diagnostics = diagnostics;
    }

    /** Empty if a statement is in error. */
    Optional<List<Stmt>> body(List<Statement> statements) {
        Kinds kinds = new Kinds();
        return InError.all(
                statements.stream().map(statement -> statement.match(kinds)).toList());
    }

    /** Each kind of statement: two of them are operations. */
    private final class Kinds implements Statement.Cases<Optional<Stmt>> {
        @Override
        public Optional<Stmt> let(Statement.Let let) {
            return refused(let);
        }

        @Override
        public Optional<Stmt> require(Statement.Require require) {
            return refused(require);
        }

        @Override
        public Optional<Stmt> conditional(Statement.If conditional) {
            return refused(conditional);
        }

        @Override
        public Optional<Stmt> barrier(Statement.Barrier barrier) {
            return Optional.of(new Stmt.Barrier(barrier.span()));
        }

        @Override
        public Optional<Stmt> assign(Statement.Assign assign) {
            return refused(assign);
        }

        @Override
        public Optional<Stmt> step(Statement.Step step) {
            return refused(step);
        }

        @Override
        public Optional<Stmt> reset(Statement.Reset reset) {
            return refused(reset);
        }

        @Override
        public Optional<Stmt> call(Statement.Call call) {
            return operation(call);
        }

        @Override
        public Optional<Stmt> broken(Statement.Broken broken) {
            return Optional.empty();
        }

        private Optional<Stmt> refused(Statement statement) {
            diagnostics.report(Diagnostic.at(
                            statement.span(),
                            DiagnosticCode.BAD_STATEMENT,
                            "a vector holds operations only, one a statement")
                    .help("write it as an operation, or make this a `transaction`"));
            return Optional.empty();
        }
    }

    private Optional<Stmt> operation(Statement.Call statement) {
        Expression.Call call = statement.call();
        Optional<RawOperations> found = RawOperations.named(call.name().text());
        if (found.isEmpty()) {
            Diagnostic diagnostic = Diagnostic.at(
                    call.name().span(), DiagnosticCode.BAD_CALL, "there is no operation `" + call.name() + "`");
            diagnostics.report(diagnostic.help(Suggestions.among(call.name().text(), RawOperations.words())
                    .orElse("the operations are " + String.join(", ", RawOperations.words()) + " and `barrier`")));
            return Optional.empty();
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
            return Optional.empty();
        }
        return operation(operation, arguments, statement.span());
    }

    private Optional<Stmt> operation(RawOperations operation, List<Expression> arguments, Span span) {
        List<RawAddress> addresses = arguments.subList(0, operation.addresses()).stream()
                .flatMap(argument -> address(argument).stream())
                .toList();
        Optional<ScalarType> valueType = operation.valueType();
        Optional<Expr> value = valueType.flatMap(type -> value(arguments.get(operation.addresses()), type));
        Optional<ByteCount> length = operands.length(arguments.get(arguments.size() - 1));
        boolean complete = addresses.size() == operation.addresses() && valueType.isEmpty() == value.isEmpty();
        return length.filter(known -> complete)
                .map(known -> new Stmt.Raw(operation.code().word(), addresses, value.orElse(null), known, span));
    }

    private Optional<RawAddress> address(Expression argument) {
        if (argument instanceof Expression.Call call && call.name().text().equals(FAULT)) {
            if (call.arguments().size() != 1) {
                diagnostics.report(
                        Diagnostic.at(call.span(), DiagnosticCode.BAD_CALL, "`fault` takes one address: `fault(p)`"));
                return Optional.empty();
            }
            return plainAddress(call.arguments().get(0)).map(address -> new RawAddress(address, true));
        }
        return plainAddress(argument).map(address -> new RawAddress(address, false));
    }

    private Optional<AddressExpr> plainAddress(Expression argument) {
        if (argument instanceof Expression.Parenthesized parenthesized) {
            return plainAddress(parenthesized.inner());
        }
        if (argument instanceof Expression.Unary unary
                && unary.operator() == UnaryOperator.ADDRESS_OF
                && unary.operand() instanceof Expression.Name name
                && scope.use(name.name().text()).orElse(null) instanceof Scope.Local.OfParameter local
                && !local.parameter().perCpu()) {
            return Optional.of(new AddressExpr.OfParameter(
                    new Expr.ParameterValue(local.parameter(), new Origin(argument.span()))));
        }
        return operands.address(argument);
    }

    /** Counts and masks are 64 bits of the caller's integer, whatever its type; a count of bits is never signed. */
    private Optional<Expr> value(Expression argument, ScalarType type) {
        return expressions.integer(argument).flatMap(value -> value(value, type, argument));
    }

    private Optional<Expr> value(Expr value, ScalarType type, Expression argument) {
        if (value.type() == type) {
            return Optional.of(value);
        }
        if (value instanceof Expr.Constant constant) {
            return constant(constant, type, argument);
        }
        if (type == ScalarType.U32) {
            return expressions.typed(argument, type);
        }
        return Optional.of(new Expr.Conversion(value, type, value.origin()));
    }

    private Optional<Expr> constant(Expr.Constant constant, ScalarType type, Expression argument) {
        BigInteger number = ((IntegerValue) constant.value()).lp64();
        boolean fits = type != ScalarType.U32
                || (number.signum() >= 0
                        && number.compareTo(ScalarType.U32.max(dev.opvc.compiler.model.Abi.LP64)) <= 0);
        if (!fits) {
            diagnostics.report(Diagnostic.at(
                    argument.span(), DiagnosticCode.SHIFT_RANGE, "nothing can be shifted by " + number + " bits"));
            return Optional.empty();
        }
        return Optional.of(TypedConstants.convert(constant, type));
    }
}
