// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.c.forms;

import dev.opvc.compiler.emit.c.text.CExpression;
import dev.opvc.compiler.emit.c.text.FunctionText;
import dev.opvc.compiler.emit.c.text.Statements;
import dev.opvc.compiler.emit.c.types.RawBits;
import dev.opvc.compiler.vector.Address;
import dev.opvc.compiler.vector.Block;
import dev.opvc.compiler.vector.Operation;
import dev.opvc.compiler.vector.Step;
import java.util.List;

/**
 * The statements of the direct form: what a vector and its preparation do, in the same order, under an exclusion that
 * makes validations needless.
 */
final class DirectBody extends PlainBody {
    private final Writes writes = new Writes();

    private DirectBody(NamedUnit named) {
        super(named);
    }

    /** The function that works on memory from which others are kept, behind those that it calls. */
    static List<FunctionText> functions(NamedUnit named, List<String> parameters) {
        return new DirectBody(named).functions(Path.ANY, named.names().locked(), parameters);
    }

    @Override
    public void load(Step.Load load, Path path) {
        load.reads().forEach(this::declare);
    }

    @Override
    public void commit(Block.Commit commit, Path path) {
        commit.writes().forEach(operation -> operation.match(writes));
        keepResults(commit);
        statements.add("return " + committed() + ";");
    }

    private final class Writes implements Operation.Cases<Statements> {
        @Override
        public Statements compare(Operation.Compare compare) {
            throw new IllegalArgumentException("a comparison writes nothing: " + compare);
        }

        @Override
        public Statements copy(Operation.Copy copy) {
            if (copy.dst().address() instanceof Address.OfCell cell) {
                readResult(cell, copy.src().address());
                return statements;
            }
            if (copy.src().address() instanceof Address.OfCell cell) {
                return store(copy.dst().address(), cell);
            }
            return perform(copy);
        }

        private Statements store(Address target, Address.OfCell cell) {
            CExpression value = expressions.render(cell.value());
            statements.add(RawBits.store(cell.value().type(), addresses.render(target), value) + ";");
            return statements;
        }

        @Override
        public Statements add(Operation.Add add) {
            return perform(add);
        }

        @Override
        public Statements bitwise(Operation.Bitwise bitwise) {
            return perform(bitwise);
        }

        @Override
        public Statements shift(Operation.Shift shift) {
            return perform(shift);
        }

        @Override
        public Statements barrier(Operation.Barrier barrier) {
            if (barrier.release()) {
                statements.add("opv_release();");
                return statements;
            }
            return perform(barrier);
        }

        private Statements perform(Operation operation) {
            statements.add(operations.perform(operation) + ";");
            return statements;
        }
    }
}
