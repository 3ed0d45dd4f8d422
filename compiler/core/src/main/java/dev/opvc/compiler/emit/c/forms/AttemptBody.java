// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.c.forms;

import dev.opvc.compiler.emit.c.text.CExpression;
import dev.opvc.compiler.emit.c.text.FunctionText;
import dev.opvc.compiler.emit.c.types.RawBits;
import dev.opvc.compiler.model.Type;
import dev.opvc.compiler.vector.Address;
import dev.opvc.compiler.vector.Block;
import dev.opvc.compiler.vector.Operation;
import dev.opvc.compiler.vector.Place;
import dev.opvc.compiler.vector.Role;
import dev.opvc.compiler.vector.Step;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The statements of one attempt: what is read and decided in plain C counts only if the CPU's version is still that from
 * before, which the section that commits, or {@code opv_attempt_holds()}, finds out.
 */
final class AttemptBody extends PlainBody {
    private static final CExpression ATTEMPT = CExpression.primary("attempt");
    private static final CExpression HOLDS = CExpression.call("opv_attempt_holds", ATTEMPT);

    private final ReadPointers pointers;

    private AttemptBody(NamedUnit named) {
        super(named);
        this.pointers = ReadPointers.of(named.unit());
    }

    /** The function that makes an attempt, behind those that it calls. */
    static List<FunctionText> functions(NamedUnit named, List<String> parameters) {
        return new AttemptBody(named).functions(Path.ANY, named.names().attempt(), parameters);
    }

    @Override
    void conclude(CExpression condition, String conclusion, Path path) {
        statements.addIf(condition, end(HOLDS, conclusion));
    }

    private static String end(CExpression holds, String conclusion) {
        return "return opv_attempt_end(" + holds + ", " + conclusion + ");";
    }

    @Override
    public void load(Step.Load load, Path path) {
        throw new IllegalArgumentException("an attempt follows no pointer that it has read: " + load);
    }

    @Override
    public void commit(Block.Commit commit, Path path) {
        CExpression committed = HOLDS;
        Optional<LinkedNode> linked = LinkedNode.of(commit.writes());
        linked.ifPresent(node -> statements.add(operations.perform(node.link()) + ";"));
        for (Operation operation : commit.writes()) {
            if (operation.role() == Role.READ) {
                Operation.Copy copy = (Operation.Copy) operation;
                readResult((Address.OfCell) copy.dst().address(), copy.src().address());
            } else if (linked.isEmpty() || operation != linked.get().link()) {
                committed = operation.match(new Stores());
            }
        }
        keepResults(commit);
        statements.add(end(committed, committed()));
    }

    /** The call of what makes a path's store. */
    private final class Stores implements Operation.Cases<CExpression> {
        @Override
        public CExpression compare(Operation.Compare compare) {
            throw new IllegalArgumentException("a comparison stores nothing: " + compare);
        }

        @Override
        public CExpression copy(Operation.Copy copy) {
            Type type = SingleStores.stored(copy);
            if (copy.src().address() instanceof Address.OfCell cell) {
                return store(copy, StoredValue.of(type, expressions.render(cell.value())));
            }
            Place source = ((Address.OfPlace) copy.src().address()).place();
            return pointers.lead(copy.src().address())
                    ? call(
                            "opv_attempt_follow",
                            copy.dst(),
                            expressions.render(source.pointer()),
                            addresses.renderOffset(source))
                    : store(copy, RawBits.loadUnsigned(type, addresses.render(source)));
        }

        private CExpression store(Operation.Copy copy, CExpression value) {
            return call("opv_attempt_store_" + RawBits.width(SingleStores.stored(copy)), copy.dst(), value);
        }

        @Override
        public CExpression add(Operation.Add add) {
            CExpression value = StoredValue.ofCount(add, expressions);
            return call("opv_attempt_add_" + RawBits.width(SingleStores.stored(add)), add.p(), value);
        }

        @Override
        public CExpression bitwise(Operation.Bitwise bitwise) {
            return update(bitwise, bitwise.p(), expressions.renderUnsigned64(bitwise.mask()));
        }

        @Override
        public CExpression shift(Operation.Shift shift) {
            return update(shift, shift.p(), operations.renderBits(shift));
        }

        private CExpression update(Operation operation, Operation.Operand target, CExpression number) {
            String function = OperationFunctions.of(operation.code()).attempt();
            return call(function + "_" + RawBits.width(SingleStores.stored(operation)), target, number);
        }

        @Override
        public CExpression barrier(Operation.Barrier barrier) {
            throw new IllegalArgumentException("a section needs no barrier: " + barrier);
        }

        private CExpression call(String function, Operation.Operand target, CExpression... values) {
            List<CExpression> arguments = new ArrayList<>(List.of(ATTEMPT, addresses.render(target.address())));
            arguments.addAll(Arrays.asList(values));
            return CExpression.call(function, arguments.toArray(CExpression[]::new));
        }
    }
}
