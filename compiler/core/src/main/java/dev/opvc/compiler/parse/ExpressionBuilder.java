// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.parse;

import dev.opvc.compiler.ast.Expression;
import dev.opvc.compiler.ast.Expression.WordLiteral.Word;
import dev.opvc.compiler.ast.TypeReference;
import dev.opvc.compiler.diagnostic.Diagnostic;
import dev.opvc.compiler.diagnostic.DiagnosticCode;
import dev.opvc.compiler.diagnostic.Diagnostics;
import dev.opvc.compiler.language.BinaryOperator;
import dev.opvc.compiler.language.BinaryOperator.Group;
import dev.opvc.compiler.language.Identifier;
import dev.opvc.compiler.language.UnaryOperator;
import dev.opvc.compiler.source.SourceFile;
import dev.opvc.compiler.source.Span;
import dev.opvc.grammar.OpvLexer;
import dev.opvc.grammar.OpvParser.BinaryExpressionContext;
import dev.opvc.grammar.OpvParser.CallPrimaryContext;
import dev.opvc.grammar.OpvParser.CastPrimaryContext;
import dev.opvc.grammar.OpvParser.ConversionPrimaryContext;
import dev.opvc.grammar.OpvParser.ExpressionContext;
import dev.opvc.grammar.OpvParser.IndexExpressionContext;
import dev.opvc.grammar.OpvParser.LiteralPrimaryContext;
import dev.opvc.grammar.OpvParser.MemberExpressionContext;
import dev.opvc.grammar.OpvParser.NameContext;
import dev.opvc.grammar.OpvParser.NamePrimaryContext;
import dev.opvc.grammar.OpvParser.ParenthesizedPrimaryContext;
import dev.opvc.grammar.OpvParser.PointerMemberExpressionContext;
import dev.opvc.grammar.OpvParser.PrefixExpressionContext;
import dev.opvc.grammar.OpvParser.PrimaryContext;
import dev.opvc.grammar.OpvParser.PrimaryExpressionContext;
import dev.opvc.grammar.OpvParser.SizeofPrimaryContext;
import dev.opvc.grammar.OpvParser.TypeContext;
import org.antlr.v4.runtime.Token;
import org.jspecify.annotations.Nullable;

/** Makes the expressions of the syntax tree. */
final class ExpressionBuilder {
    private final SourceFile file;
    private final Broken broken;
    private final Diagnostics diagnostics;

    ExpressionBuilder(SourceFile file, Broken broken, Diagnostics diagnostics) {
        this.file = file;
        this.broken = broken;
        this.diagnostics = diagnostics;
    }

    Identifier identifier(NameContext context) {
        return new Identifier(context.getText(), Spans.of(file, context));
    }

    TypeReference type(TypeContext context) {
        String name = context.getStart().getText();
        return new TypeReference(name, context.STAR().size(), Spans.of(file, context));
    }

    Expression build(@Nullable ExpressionContext context) {
        if (context == null || broken.is(context)) {
            return new Expression.Broken(context == null ? new Span(file, 0, 0) : Spans.of(file, context));
        }
        Span span = Spans.of(file, context);
        if (context instanceof PrimaryExpressionContext primary) {
            return primary(primary.primary(), span);
        }
        if (context instanceof MemberExpressionContext member) {
            return new Expression.Member(build(member.expression()), false, identifier(member.name()), span);
        }
        if (context instanceof PointerMemberExpressionContext member) {
            return new Expression.Member(build(member.expression()), true, identifier(member.name()), span);
        }
        if (context instanceof IndexExpressionContext index) {
            return new Expression.Index(build(index.expression(0)), build(index.expression(1)), span);
        }
        if (context instanceof PrefixExpressionContext prefix) {
            return new Expression.Unary(unaryOperator(prefix.operator), build(prefix.expression()), span);
        }
        return binary((BinaryExpressionContext) context, span);
    }

    private Expression primary(PrimaryContext context, Span span) {
        if (context instanceof LiteralPrimaryContext literal) {
            return literal(literal.literal, span);
        }
        if (context instanceof NamePrimaryContext name) {
            return new Expression.Name(identifier(name.name()));
        }
        if (context instanceof CallPrimaryContext call) {
            return new Expression.Call(
                    identifier(call.name()),
                    call.expression().stream().map(this::build).toList(),
                    span);
        }
        if (context instanceof ConversionPrimaryContext conversion) {
            TypeReference type = new TypeReference(
                    conversion.primitiveType().getText(), 0, Spans.of(file, conversion.primitiveType()));
            return new Expression.Conversion(type, build(conversion.expression()), span);
        }
        if (context instanceof CastPrimaryContext cast) {
            return new Expression.Conversion(type(cast.type()), build(cast.expression()), span);
        }
        if (context instanceof SizeofPrimaryContext sizeof) {
            return new Expression.SizeOf(type(sizeof.type()), span);
        }
        return new Expression.Parenthesized(build(((ParenthesizedPrimaryContext) context).expression()), span);
    }

    private Expression literal(Token token, Span span) {
        if (token.getText().length() > Literals.LENGTH_MAX) {
            diagnostics.report(Diagnostic.at(
                    span, DiagnosticCode.BAD_NUMBER, "a number has at most " + Literals.LENGTH_MAX + " characters"));
            return new Expression.Broken(span);
        }
        return switch (token.getType()) {
            case OpvLexer.INTEGER -> integer(token.getText(), span);
            case OpvLexer.FLOAT -> floating(token.getText(), span);
            case OpvLexer.TRUE -> new Expression.WordLiteral(Word.TRUE, span);
            case OpvLexer.FALSE -> new Expression.WordLiteral(Word.FALSE, span);
            case OpvLexer.NULL -> new Expression.WordLiteral(Word.NULL, span);
            case OpvLexer.INF -> new Expression.WordLiteral(Word.INF, span);
            default -> new Expression.WordLiteral(Word.NAN, span);
        };
    }

    private Expression integer(String text, Span span) {
        return Literals.integer(text)
                .<Expression>map(value -> new Expression.IntegerLiteral(value, span))
                .orElseGet(() -> badNumber(
                        "`" + text + "` is no number",
                        span,
                        "write it as `42`, `0x2a` or `0b101010`, with `_` only between digits"));
    }

    private Expression floating(String text, Span span) {
        return Literals.floating(text)
                .<Expression>map(value -> new Expression.FloatLiteral(value, span))
                .orElseGet(() -> badNumber(
                        "`" + text + "` is beyond what any float type holds",
                        span,
                        "write `inf` or `0`, if that is meant"));
    }

    private Expression badNumber(String message, Span span, String help) {
        diagnostics.report(
                Diagnostic.at(span, DiagnosticCode.BAD_NUMBER, message).help(help));
        return new Expression.Broken(span);
    }

    private Expression binary(BinaryExpressionContext context, Span span) {
        BinaryOperator operator = binaryOperator(context.operator);
        Expression left = build(context.expression(0));
        Expression right = build(context.expression(1));
        refuseDoubtfulPrecedence(operator, left);
        refuseDoubtfulPrecedence(operator, right);
        return new Expression.Binary(operator, left, right, span);
    }

    /** Languages disagree on how tight the bitwise operators bind, so beside others they need parentheses. */
    private void refuseDoubtfulPrecedence(BinaryOperator operator, Expression operand) {
        if (operand instanceof Expression.Binary inner
                && doubtful(operator.group(), inner.operator().group())) {
            String written = operand.span().excerpt();
            diagnostics.report(Diagnostic.at(
                            operand.span(),
                            DiagnosticCode.NEEDS_PARENTHESES,
                            "`" + inner.operator().symbol() + "` beside `" + operator.symbol() + "` needs parentheses")
                    .help("write `(" + written + ")`, if that is what binds first"));
        }
    }

    private static boolean doubtful(Group outer, Group inner) {
        return (bitLike(outer) && numberLike(inner)) || (numberLike(outer) && bitLike(inner));
    }

    private static boolean bitLike(Group group) {
        return group == Group.BITWISE || group == Group.SHIFT;
    }

    private static boolean numberLike(Group group) {
        return group == Group.ARITHMETIC || group == Group.COMPARISON;
    }

    private static UnaryOperator unaryOperator(Token token) {
        return switch (token.getType()) {
            case OpvLexer.MINUS -> UnaryOperator.NEGATE;
            case OpvLexer.NOT -> UnaryOperator.NOT;
            case OpvLexer.COMPLEMENT -> UnaryOperator.COMPLEMENT;
            case OpvLexer.STAR -> UnaryOperator.DEREFERENCE;
            default -> UnaryOperator.ADDRESS_OF;
        };
    }

    private static BinaryOperator binaryOperator(Token token) {
        for (BinaryOperator operator : BinaryOperator.values()) {
            if (operator.symbol().equals(token.getText())) {
                return operator;
            }
        }
        throw new IllegalStateException("the grammar has an operator that the syntax tree lacks: " + token.getText());
    }
}
