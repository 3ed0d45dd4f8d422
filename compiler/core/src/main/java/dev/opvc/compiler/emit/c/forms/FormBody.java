// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.c.forms;

import dev.opvc.compiler.emit.FormWriter;
import dev.opvc.compiler.emit.PlanWalk;
import dev.opvc.compiler.emit.c.expressions.AddressRenderer;
import dev.opvc.compiler.emit.c.expressions.ExpressionRenderer;
import dev.opvc.compiler.emit.c.expressions.RangeCheckRenderer;
import dev.opvc.compiler.emit.c.names.UnitLocalNames;
import dev.opvc.compiler.emit.c.names.UnitNames;
import dev.opvc.compiler.emit.c.text.CExpression;
import dev.opvc.compiler.emit.c.text.FunctionText;
import dev.opvc.compiler.emit.c.text.Statements;
import dev.opvc.compiler.emit.c.types.CTypes;
import dev.opvc.compiler.model.Type;
import dev.opvc.compiler.vector.Block;
import dev.opvc.compiler.vector.Step;
import java.util.List;

/**
 * The statements of one form of a unit, as far as all forms have the same: values that are bound, conditions on them,
 * branches. A form says how memory is read, how it ends without having committed, and how it commits.
 *
 * @param <P> what the form knows of the path that it is on
 */
abstract class FormBody<P> implements FormWriter<P> {
    final NamedUnit named;
    final UnitNames names;
    final UnitLocalNames locals;
    final ExpressionRenderer expressions;
    final AddressRenderer addresses;
    final Statements statements = new Statements();
    private final RangeCheckRenderer checks;

    FormBody(NamedUnit named) {
        this.named = named;
        this.names = named.names();
        this.locals = named.locals();
        this.expressions = new ExpressionRenderer(locals);
        this.addresses = expressions.addresses();
        this.checks = new RangeCheckRenderer(expressions);
    }

    /**
     * The function with this body, behind those that it calls.
     *
     * @param start what is known where it begins
     * @param name the function's name
     * @param parameters its parameters, as they are declared
     */
    final List<FunctionText> functions(P start, String name, List<String> parameters) {
        PlanWalk.walk(named.unit().body(), this, start);
        return statements.functions(name, parameters);
    }

    /** Ends with what is not a commit where a condition holds. */
    abstract void conclude(CExpression condition, String conclusion, P path);

    /** What is known where a path becomes two. */
    abstract P branch(P path);

    @Override
    public final void bind(Step.Bind bind, P path) {
        declare(locals.of(bind.local()), bind.value().type(), expressions.render(bind.value()));
    }

    @Override
    public final void check(Step.Check check, P path) {
        conclude(checks.renderFailure(check.check()), Conclusions.RANGE_ERROR, path);
    }

    @Override
    public final void decide(Step.Decide decide, P path) {
        conclude(expressions.renderNot(decide.condition()), names.enumerator(decide.outcome()), path);
    }

    @Override
    public final P beginThen(Block.Choice choice, P path) {
        statements.open("if (" + expressions.render(choice.condition()) + ")");
        return branch(path);
    }

    @Override
    public final void endThen(Block.Choice choice) {
        statements.close();
    }

    final void declare(String name, Type type, CExpression value) {
        statements.declare(CTypes.declare(type, name), value);
    }
}
