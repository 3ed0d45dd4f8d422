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

    /** Dispatches on the kind of expression. */
    <R> R match(Cases<R> cases);

    /**
     * What is done with each kind of expression.
     *
     * @param <R> what comes of it
     */
    interface Cases<R> {
        R integerLiteral(IntegerLiteral literal);

        R floatLiteral(FloatLiteral literal);

        R wordLiteral(WordLiteral literal);

        R name(Name name);

        R member(Member member);

        R index(Index index);

        R unary(Unary unary);

        R binary(Binary binary);

        R call(Call call);

        R conversion(Conversion conversion);

        R sizeOf(SizeOf sizeOf);

        R parenthesized(Parenthesized parenthesized);

        R broken(Broken broken);
    }

    /** An integer literal; exact. */
    record IntegerLiteral(BigInteger value, Span span) implements Expression {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.integerLiteral(this);
        }
    }

    /** A literal with a fraction or an exponent; exact. */
    record FloatLiteral(BigDecimal value, Span span) implements Expression {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.floatLiteral(this);
        }
    }

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

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.wordLiteral(this);
        }
    }

    /** A constant, parameter, binding or result by its name. */
    record Name(Identifier name) implements Expression {
        @Override
        public Span span() {
            return name.span();
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.name(this);
        }
    }

    /** {@code base.field} or {@code base->field}. */
    record Member(Expression base, boolean arrow, Identifier field, Span span) implements Expression {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.member(this);
        }
    }

    /** {@code base[index]}. */
    record Index(Expression base, Expression index, Span span) implements Expression {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.index(this);
        }
    }

    /** An operator before its operand. */
    record Unary(UnaryOperator operator, Expression operand, Span span) implements Expression {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.unary(this);
        }
    }

    /** Two operands and what stands between them. */
    record Binary(BinaryOperator operator, Expression left, Expression right, Span span) implements Expression {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.binary(this);
        }
    }

    /** {@code name(arguments)}: a function, or an operation where it stands as a statement. */
    record Call(Identifier name, List<Expression> arguments, Span span) implements Expression {
        public Call {
            arguments = List.copyOf(arguments);
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.call(this);
        }
    }

    /** {@code type(operand)} for a type that is no pointer, {@code cast<type>(operand)} for any. */
    record Conversion(TypeReference type, Expression operand, Span span) implements Expression {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.conversion(this);
        }
    }

    /** {@code sizeof(type)}. */
    record SizeOf(TypeReference type, Span span) implements Expression {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.sizeOf(this);
        }
    }

    /** An operand in parentheses; they matter to what may stand beside it. */
    record Parenthesized(Expression inner, Span span) implements Expression {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.parenthesized(this);
        }
    }

    /** What could not be parsed; it has been reported. */
    record Broken(Span span) implements Expression {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.broken(this);
        }
    }
}
