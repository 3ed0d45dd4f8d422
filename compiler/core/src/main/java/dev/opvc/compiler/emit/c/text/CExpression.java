// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.c.text;

/**
 * An expression of C as text.
 *
 * @param binding how tightly its outermost operator binds
 */
public record CExpression(String text, Binding binding) {
    public enum Binding {
        /** A name, a literal, a call, something in parentheses. */
        PRIMARY,
        /** A cast, an address, a complement. */
        PREFIX,
        /** Any other operator, and {@code !}, which compilers want in parentheses beside a comparison. */
        OTHER
    }

    public static CExpression primary(String text) {
        return new CExpression(text, Binding.PRIMARY);
    }

    public static CExpression prefix(String operator, CExpression operand) {
        return new CExpression(operator + operand.asOperand(), Binding.PREFIX);
    }

    public static CExpression cast(String type, CExpression operand) {
        return prefix("(" + type + ")", operand);
    }

    public static CExpression not(CExpression operand) {
        return new CExpression("!" + operand.asOperand(), Binding.OTHER);
    }

    public static CExpression infix(CExpression left, String operator, CExpression right) {
        return new CExpression(left.asOperand() + " " + operator + " " + right.asOperand(), Binding.OTHER);
    }

    /** One of two values. */
    public static CExpression choice(CExpression condition, CExpression then, CExpression otherwise) {
        String text = condition.asOperand() + " ? " + then.asOperand() + " : " + otherwise.asOperand();
        return new CExpression(text, Binding.OTHER);
    }

    public static CExpression call(String function, CExpression... arguments) {
        StringBuilder text = new StringBuilder(function).append('(');
        for (int i = 0; i < arguments.length; i++) {
            text.append(i == 0 ? "" : ", ").append(arguments[i].text);
        }
        return primary(text.append(')').toString());
    }

    /** Whether no compiler can look into it and find what the author of the source did not write. */
    public boolean isPrimary() {
        return binding == Binding.PRIMARY;
    }

    /** As it stands behind a prefix operator or beside an infix one. */
    public String asOperand() {
        return binding == Binding.OTHER ? "(" + text + ")" : text;
    }

    @Override
    public String toString() {
        return text;
    }
}
