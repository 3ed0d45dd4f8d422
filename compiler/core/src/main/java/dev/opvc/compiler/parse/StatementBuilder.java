// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.parse;

import dev.opvc.compiler.ast.AssignOperator;
import dev.opvc.compiler.ast.Expression;
import dev.opvc.compiler.ast.Statement;
import dev.opvc.compiler.diagnostic.Diagnostic;
import dev.opvc.compiler.diagnostic.DiagnosticCode;
import dev.opvc.compiler.diagnostic.Diagnostics;
import dev.opvc.compiler.language.UnaryOperator;
import dev.opvc.compiler.source.SourceFile;
import dev.opvc.compiler.source.Span;
import dev.opvc.grammar.OpvLexer;
import dev.opvc.grammar.OpvParser.BlockContext;
import dev.opvc.grammar.OpvParser.ElseIfContext;
import dev.opvc.grammar.OpvParser.ExpressionStatementContext;
import dev.opvc.grammar.OpvParser.IfStatementContext;
import dev.opvc.grammar.OpvParser.LetStatementContext;
import dev.opvc.grammar.OpvParser.RequireStatementContext;
import dev.opvc.grammar.OpvParser.StatementContext;
import java.util.ArrayList;
import java.util.List;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.tree.ErrorNode;
import org.antlr.v4.runtime.tree.TerminalNode;
import org.jspecify.annotations.Nullable;

/** Makes the statements of the syntax tree. */
final class StatementBuilder {
    private final SourceFile file;
    private final Broken broken;
    private final ExpressionBuilder expressions;
    private final Diagnostics diagnostics;

    StatementBuilder(SourceFile file, Broken broken, ExpressionBuilder expressions, Diagnostics diagnostics) {
        this.file = file;
        this.broken = broken;
        this.expressions = expressions;
        this.diagnostics = diagnostics;
    }

    List<Statement> block(@Nullable BlockContext context) {
        return context == null ? List.of() : statements(context.statement());
    }

    private List<Statement> statements(List<StatementContext> contexts) {
        List<Statement> result = new ArrayList<>();
        contexts.forEach(each -> result.add(statement(each)));
        return result;
    }

    private Statement statement(StatementContext context) {
        Span span = Spans.of(file, context);
        if (context.letStatement() != null) {
            return let(context.letStatement(), span);
        }
        if (context.ifStatement() != null) {
            return conditional(context.ifStatement(), span);
        }
        if (broken.is(context)) {
            return new Statement.Broken(span);
        }
        if (context.requireStatement() != null) {
            return require(context.requireStatement(), span);
        }
        return context.barrierStatement() != null
                ? new Statement.Barrier(span)
                : expressionStatement(context.expressionStatement(), span);
    }

    /** A binding that could not be parsed still has its name, so that its uses are not reported as well. */
    private Statement let(LetStatementContext context, Span span) {
        if (broken.is(context.name())) {
            return new Statement.Broken(span);
        }
        Expression value = broken.is(context) ? new Expression.Broken(span) : expressions.build(context.expression());
        return new Statement.Let(expressions.identifier(context.name()), value, span);
    }

    private Statement require(RequireStatementContext context, Span span) {
        return new Statement.Require(
                expressions.build(context.expression()), expressions.identifier(context.name()), span);
    }

    private Statement conditional(IfStatementContext context, Span span) {
        if (broken.is(context.expression()) || isMissing(context.THEN())) {
            return new Statement.Broken(span);
        }
        boolean braced = !context.block().isEmpty();
        List<Statement> then = braced ? block(context.block(0)) : statements(context.statement());
        return new Statement.If(
                expressions.build(context.expression()),
                then,
                otherwise(context),
                braced,
                head(context.IF().getSymbol(), context.THEN().getSymbol()),
                span);
    }

    /** A token that was missing may have been made up by the parser. */
    private static boolean isMissing(@Nullable TerminalNode token) {
        return token == null || token instanceof ErrorNode;
    }

    /** Folds a chain of {@code else if} from its end, so that each is the only statement of the branch before it. */
    private @Nullable List<Statement> otherwise(IfStatementContext context) {
        List<Statement> branch =
                context.ELSE() == null ? null : block(context.block().size() > 1 ? context.block(1) : null);
        List<ElseIfContext> chain = context.elseIf();
        for (int i = chain.size() - 1; i >= 0; i--) {
            ElseIfContext link = chain.get(i);
            Span span = Spans.of(file, link);
            branch = List.of(
                    broken.is(link.expression()) || isMissing(link.THEN())
                            ? new Statement.Broken(span)
                            : new Statement.If(
                                    expressions.build(link.expression()),
                                    block(link.block()),
                                    branch,
                                    true,
                                    head(link.IF().getSymbol(), link.THEN().getSymbol()),
                                    span));
        }
        return branch;
    }

    private Span head(Token first, Token last) {
        return Spans.of(file, first, last);
    }

    private Statement expressionStatement(ExpressionStatementContext context, Span span) {
        Expression target = expressions.build(context.expression(0));
        if (context.RELEASE() != null) {
            return new Statement.Assign(target, AssignOperator.RELEASE, expressions.build(context.expression(1)), span);
        }
        if (context.RESET() != null) {
            return new Statement.Reset(target, span);
        }
        if (context.operator != null) {
            return new Statement.Assign(
                    target, operator(context.operator), expressions.build(context.expression(1)), span);
        }
        if (context.step != null) {
            refuseStepOfDereference(target, context.step);
            return new Statement.Step(target, context.step.getType() == OpvLexer.INCREMENT, span);
        }
        if (target instanceof Expression.Call call) {
            return new Statement.Call(call, span);
        }
        diagnostics.report(Diagnostic.at(target.span(), DiagnosticCode.SYNTAX, "an expression alone does nothing")
                .help("assign it to a place, or remove it"));
        return new Statement.Broken(span);
    }

    /** In C, {@code *p++} steps the pointer. Nobody shall read one language as the other. */
    private void refuseStepOfDereference(Expression target, Token step) {
        if (target instanceof Expression.Unary unary && unary.operator() == UnaryOperator.DEREFERENCE) {
            String written = target.span().excerpt();
            diagnostics.report(Diagnostic.at(
                            target.span().to(Spans.of(file, step)),
                            DiagnosticCode.NEEDS_PARENTHESES,
                            "`" + written + step.getText() + "` would step the pointer in C, and the place here")
                    .help("write `(" + written + ")" + step.getText() + "`"));
        }
    }

    private static AssignOperator operator(Token token) {
        return switch (token.getType()) {
            case OpvLexer.ADD_ASSIGN -> AssignOperator.ADD;
            case OpvLexer.SUB_ASSIGN -> AssignOperator.SUBTRACT;
            case OpvLexer.MUL_ASSIGN -> AssignOperator.MULTIPLY;
            case OpvLexer.DIV_ASSIGN -> AssignOperator.DIVIDE;
            case OpvLexer.REM_ASSIGN -> AssignOperator.REMAINDER;
            case OpvLexer.OR_ASSIGN -> AssignOperator.OR;
            case OpvLexer.AND_ASSIGN -> AssignOperator.AND;
            case OpvLexer.XOR_ASSIGN -> AssignOperator.XOR;
            case OpvLexer.SHL_ASSIGN -> AssignOperator.SHIFT_LEFT;
            case OpvLexer.SHR_ASSIGN -> AssignOperator.SHIFT_RIGHT;
            default -> AssignOperator.SET;
        };
    }
}
