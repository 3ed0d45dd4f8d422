// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.java.forms;

import com.palantir.javapoet.CodeBlock;
import dev.opvc.compiler.emit.java.expressions.AddressRenderer;
import dev.opvc.compiler.emit.java.expressions.ExpressionRenderer;
import dev.opvc.compiler.emit.java.expressions.MemoryAccess;
import dev.opvc.compiler.emit.java.expressions.RangeCheckRenderer;
import dev.opvc.compiler.emit.java.expressions.Rendered;
import dev.opvc.compiler.emit.java.expressions.Rendered.Level;
import dev.opvc.compiler.emit.java.names.JavaLayout;
import dev.opvc.compiler.emit.java.names.Variables;
import dev.opvc.compiler.model.Type;
import dev.opvc.compiler.vector.Address;
import dev.opvc.compiler.vector.Operation;
import dev.opvc.compiler.vector.Step;
import dev.opvc.compiler.vector.VectorUnit;

/** What renders the parts of one method, in whichever form. */
record PartRenderers(
        Variables variables,
        ExpressionRenderer expressions,
        AddressRenderer addresses,
        RangeCheckRenderer checks,
        InitialBlocks initials) {

    static PartRenderers of(VectorUnit unit, Variables variables, JavaLayout layout) {
        ExpressionRenderer expressions = new ExpressionRenderer(variables, layout);
        AddressRenderer addresses = expressions.addresses();
        RangeCheckRenderer checks = new RangeCheckRenderer(expressions, addresses);
        return new PartRenderers(variables, expressions, addresses, checks, new InitialBlocks(unit));
    }

    /** Declares the variable of a local. */
    CodeBlock bind(Step.Bind bind) {
        return expressions.declare(bind.local(), bind.value());
    }

    /** The condition under which a decision goes against the transaction. */
    CodeBlock refuses(Step.Decide decide) {
        return expressions.negated(decide.condition()).code();
    }

    /** The condition under which a guard goes against the transaction, by plain loads. */
    CodeBlock refuses(Step.Guard guard) {
        Operation.Compare compare = guard.operation();
        OperationTable.Row row = OperationTable.row(compare.code());
        Type type = comparedAs(compare);
        Rendered a = side(compare.a().address(), type);
        return Rendered.infix(a, row.operator(), row.level(), side(compare.b().address(), type))
                .code();
    }

    /** A place is read as the type of the value that it is compared with; two places are of one width. */
    private static Type comparedAs(Operation.Compare compare) {
        if (compare.a().address() instanceof Address.OfCell cell) {
            return cell.value().type();
        }
        return compare.b().address() instanceof Address.OfCell cell
                ? cell.value().type()
                : ((Address.OfPlace) compare.a().address()).place().type();
    }

    private Rendered side(Address address, Type type) {
        return address instanceof Address.OfCell cell
                ? expressions.render(cell.value())
                : Rendered.of(Level.PRIMARY, "$L", MemoryAccess.read(type, addresses.address(address)));
    }
}
