// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.java;

import com.palantir.javapoet.CodeBlock;
import dev.opvc.compiler.vector.Step;

/** What renders the parts of one method, in whichever form. */
record Renderers(Locals locals, ExpressionRenderer expressions, AddressRenderer addresses, RangeCheckRenderer checks) {

    static Renderers of(Locals locals, JavaLayout layout) {
        ExpressionRenderer expressions = new ExpressionRenderer(locals, layout);
        AddressRenderer addresses = expressions.addresses();
        return new Renderers(locals, expressions, addresses, new RangeCheckRenderer(expressions, addresses));
    }

    /** Declares the variable of a local. */
    CodeBlock bind(Step.Bind bind) {
        return expressions.declare(bind.local(), bind.value());
    }

    /** The condition under which a decision goes against the transaction. */
    CodeBlock refuses(Step.Decide decide) {
        return expressions.negated(decide.condition()).code();
    }
}
