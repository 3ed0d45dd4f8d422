// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.ast;

import dev.opvc.compiler.language.BinaryOperator;
import dev.opvc.compiler.language.Identifier;
import dev.opvc.compiler.language.UnaryOperator;
import dev.opvc.compiler.source.Span;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;

/** An expression as written. */
public sealed interface Expression {
    Span span();

    /** An integer literal; exact. */
    record IntegerLiteral(BigInteger value, Span span) implements Expression {}

    /** A literal with a fraction or an exponent; exact. */
    record FloatLiteral(BigDecimal value, Span span) implements Expression {}

    /** One of the words that stand for a value. */
    record WordLiteral(Word word, Span span) implements Expression {
        /** The words. */
        public enum Word {
            TRUE,
            FALSE,
            NULL,
            INF,
            NAN
        }
    }

    /** A constant, parameter, binding or result by its name. */
    record Name(Identifier name) implements Expression {
        @Override
        public Span span() {
            return name.span();
        }
    }

    /** {@code base.field} or {@code base->field}. */
    record Member(Expression base, boolean arrow, Identifier field, Span span) implements Expression {}

    /** {@code base[index]}. */
    record Index(Expression base, Expression index, Span span) implements Expression {}

    /** An operator before its operand. */
    record Unary(UnaryOperator operator, Expression operand, Span span) implements Expression {}

    /** Two operands and what stands between them. */
    record Binary(BinaryOperator operator, Expression left, Expression right, Span span) implements Expression {}

    /** {@code name(arguments)}: a function, or an operation where it stands as a statement. */
    record Call(Identifier name, List<Expression> arguments, Span span) implements Expression {
        public Call {
            arguments = List.copyOf(arguments);
        }
    }

    /** {@code type(operand)} for a type that is no pointer, {@code cast<type>(operand)} for any. */
    record Conversion(TypeReference type, Expression operand, Span span) implements Expression {}

    /** {@code sizeof(type)}. */
    record SizeOf(TypeReference type, Span span) implements Expression {}

    /** An operand in parentheses; they matter to what may stand beside it. */
    record Parenthesized(Expression inner, Span span) implements Expression {}

    /** What could not be parsed; it has been reported. */
    record Broken(Span span) implements Expression {}
}
