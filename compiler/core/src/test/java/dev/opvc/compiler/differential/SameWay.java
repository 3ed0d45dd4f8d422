// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.differential;

import dev.opvc.compiler.model.Abi;
import dev.opvc.compiler.model.ConstantValue.IntegerValue;
import dev.opvc.compiler.model.Expr;
import dev.opvc.compiler.model.PlaceExpr;
import dev.opvc.compiler.model.PlaceExpr.FieldSelector;
import dev.opvc.compiler.model.PlaceExpr.IndexSelector;
import dev.opvc.compiler.model.PlaceExpr.Selector;

/**
 * Whether a program shows that one place lies within another. Where both begin at names, that is clear; of what is
 * computed, it depends on how much of that a compiler sees through.
 */
final class SameWay {
    enum Answer {
        YES,
        NO,
        UNKNOWN;

        private Answer and(Answer other) {
            if (this == NO || other == NO) {
                return NO;
            }
            return this == YES ? other : this;
        }
    }

    private SameWay() {}

    /** Whether the way to an inner place visibly leads through an outer one. */
    static Answer leadsThrough(PlaceExpr outer, PlaceExpr inner) {
        if (outer.selectors().size() > inner.selectors().size()) {
            return Answer.NO;
        }
        Answer answer = same(outer.pointer(), inner.pointer());
        for (int i = 0; i < outer.selectors().size(); i++) {
            answer = answer.and(same(outer.selectors().get(i), inner.selectors().get(i)));
        }
        return answer;
    }

    private static Answer same(Selector a, Selector b) {
        if (a instanceof FieldSelector first && b instanceof FieldSelector second) {
            return first.field() == second.field() ? Answer.YES : Answer.NO;
        }
        return a instanceof IndexSelector first && b instanceof IndexSelector second
                ? same(first.index(), second.index())
                : Answer.NO;
    }

    private static Answer same(Expr a, Expr b) {
        Expr first = named(a);
        Expr second = named(b);
        if (first instanceof Expr.Constant one && second instanceof Expr.Constant other) {
            return number(one).equals(number(other)) ? Answer.YES : Answer.NO;
        }
        if (first instanceof Expr.ParameterValue && second instanceof Expr.ParameterValue) {
            return first.equals(second) ? Answer.YES : Answer.NO;
        }
        return Answer.UNKNOWN;
    }

    /** What a binding stands for. */
    private static Expr named(Expr expr) {
        Expr named = expr;
        while (named instanceof Expr.BindingValue binding) {
            named = binding.binding().value();
        }
        return named;
    }

    private static Object number(Expr.Constant constant) {
        return constant.value() instanceof IntegerValue integer ? integer.on(Abi.LP64) : constant.value();
    }
}
