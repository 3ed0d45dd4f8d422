// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.c.forms;

import dev.opvc.compiler.emit.c.text.CExpression;
import dev.opvc.compiler.emit.c.text.FunctionText;
import dev.opvc.compiler.emit.c.text.Statements;
import dev.opvc.compiler.emit.c.types.CTypes;
import dev.opvc.compiler.emit.c.types.RawBits;
import dev.opvc.compiler.model.Type;
import dev.opvc.compiler.vector.Address;
import dev.opvc.compiler.vector.Block;
import dev.opvc.compiler.vector.Operation;
import dev.opvc.compiler.vector.ResultValue;
import dev.opvc.compiler.vector.Step;
import java.util.List;

/**
 * The statements of the direct form: what a vector and its preparation do, in the same order, under an exclusion that
 * makes validations needless.
 */
final class DirectBody extends PlainBody<DirectBody.Path> {
    /** A path of which nothing has to be known. */
    enum Path {
        ANY
    }

    private final Writes writes = new Writes();
    private final Results results = new Results();

    private DirectBody(NamedUnit named) {
        super(named);
    }

    /** The function that works on memory from which others are kept, behind those that it calls. */
    static List<FunctionText> functions(NamedUnit named, List<String> parameters) {
        return new DirectBody(named).functions(Path.ANY, named.names().locked(), parameters);
    }

    @Override
    Path branch(Path path) {
        return path;
    }

    @Override
    public void load(Step.Load load, Path path) {
        load.reads().forEach(this::declare);
    }

    @Override
    public void commit(Block.Commit commit, Path path) {
        commit.writes().forEach(operation -> operation.match(writes));
        commit.results()
                .forEach(value ->
                        statements.add("results->" + locals.of(value.result()) + " = " + value.match(results) + ";"));
        statements.add("return " + (named.unit().outcomes().isEmpty() ? Conclusions.DONE : names.committed()) + ";");
    }

    private final class Writes implements Operation.Cases<Statements> {
        @Override
        public Statements compare(Operation.Compare compare) {
            throw new IllegalArgumentException("a comparison writes nothing: " + compare);
        }

        @Override
        public Statements copy(Operation.Copy copy) {
            if (copy.dst().address() instanceof Address.OfCell cell) {
                return read(cell, copy.src().address());
            }
            if (copy.src().address() instanceof Address.OfCell cell) {
                return store(copy.dst().address(), cell);
            }
            return perform(copy);
        }

        /** What is copied to a result is read at its turn among the stores. */
        private Statements read(Address.OfCell cell, Address source) {
            Type type = cell.value().type();
            String declaration = CTypes.declare(RawBits.type(type), locals.of(cell));
            statements.declareInTurn(declaration, RawBits.load(type, addresses.render(source)));
            return statements;
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
            return perform(barrier);
        }

        private Statements perform(Operation operation) {
            statements.add(operations.perform(operation) + ";");
            return statements;
        }
    }

    private final class Results implements ResultValue.Cases<CExpression> {
        @Override
        public CExpression computed(ResultValue.Computed value) {
            return expressions.render(value.value());
        }

        @Override
        public CExpression copied(ResultValue.Copied value) {
            return RawBits.value(value.result().type(), CExpression.primary(locals.of(value.cell())));
        }
    }
}
