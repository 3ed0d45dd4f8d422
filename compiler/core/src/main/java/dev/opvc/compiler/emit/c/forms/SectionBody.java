// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.c.forms;

import dev.opvc.compiler.emit.PlanWalk;
import dev.opvc.compiler.emit.c.text.CExpression;
import dev.opvc.compiler.emit.c.text.FunctionText;
import dev.opvc.compiler.emit.c.types.CTypes;
import dev.opvc.compiler.emit.c.types.RawBits;
import dev.opvc.compiler.model.Type;
import dev.opvc.compiler.vector.Address;
import dev.opvc.compiler.vector.Block;
import dev.opvc.compiler.vector.Operation;
import dev.opvc.compiler.vector.Place;
import dev.opvc.compiler.vector.Prepared;
import dev.opvc.compiler.vector.Step;
import java.util.List;

/** The statements of a unit that is one section: what is decided without memory, and the section's call. */
final class SectionBody extends PlainBody {
    private final SectionShape shape;

    private SectionBody(NamedUnit named, SectionShape shape) {
        super(named);
        this.shape = shape;
    }

    /** The function that is given the slots of CPU 0, from which a section finds those of the CPU that it is on. */
    static List<FunctionText> functions(NamedUnit named, SectionShape shape, List<String> parameters) {
        SectionBody body = new SectionBody(named, shape);
        body.write();
        return body.statements.functions(named.names().attempt(), parameters);
    }

    private void write() {
        walk(shape.before().stream()
                .filter(step -> !(step instanceof Step.Read))
                .toList());
        if (shape.head().isPresent()) {
            writePop(shape.head().get());
            return;
        }
        walk(shape.behind());
        keepResults(shape.commit());
        CExpression call = store();
        if (shape.condition().isPresent()) {
            Step.Guard guard = (Step.Guard) shape.condition().get();
            statements.add("return opv_here_end(" + call + ", " + names.enumerator(guard.outcome()) + ");");
        } else {
            statements.add("return " + call + ";");
        }
    }

    private void walk(List<Step> steps) {
        steps.forEach(step -> PlanWalk.step(step, this, Path.ANY));
    }

    private CExpression store() {
        if (shape.store() instanceof Operation.Add add) {
            return CExpression.call(
                    "opv_here_try_add_" + width(), target(add.p()), StoredValue.ofCount(add, expressions));
        }
        Operation.Copy copy = (Operation.Copy) shape.store();
        Address.OfCell cell = (Address.OfCell) copy.src().address();
        CExpression value = StoredValue.of(SingleStores.stored(copy), expressions.render(cell.value()));
        if (shape.condition().isEmpty()) {
            return CExpression.call("opv_here_try_store_" + width(), target(copy.dst()), value);
        }
        Operation.Compare compare = ((Step.Guard) shape.condition().get()).operation();
        Address.OfCell expected = SectionShape.comparedValue(compare);
        return CExpression.call(
                "opv_here_try_compare_store_" + width(),
                addresses.render(SectionShape.comparedPlace(compare).orElseThrow()),
                RawBits.of(expected.value().type(), expressions.render(expected.value())),
                target(copy.dst()),
                value);
    }

    private String width() {
        return RawBits.width(SingleStores.stored(shape.store()));
    }

    private CExpression target(Operation.Operand operand) {
        return addresses.render(operand.address());
    }

    private void writePop(Prepared head) {
        Operation.Copy copy = (Operation.Copy) shape.store();
        Place next = ((Address.OfPlace) copy.src().address()).place();
        Step.Decide decide = (Step.Decide) shape.condition().orElseThrow();
        Type type = head.type();
        CExpression pop = CExpression.call(
                "opv_here_try_pop", target(copy.dst()), addresses.renderOffset(next), CExpression.primary("&taken"));
        statements.declareInTurn("void *taken", CExpression.primary("NULL"));
        statements.declareInTurn(
                "int result",
                CExpression.call("opv_here_end", pop, CExpression.primary(names.enumerator(decide.outcome()))));
        statements.addIf(CExpression.primary("result != 0"), "return result;");
        declare(locals.of(head), type, CExpression.cast(CTypes.name(type), CExpression.primary("taken")));
        walk(shape.behind());
        keepResults(shape.commit());
        statements.add("return " + committed() + ";");
    }

    @Override
    public void load(Step.Load load, Path path) {
        throw new IllegalArgumentException("a section follows a list's head alone: " + load);
    }

    @Override
    public void commit(Block.Commit commit, Path path) {
        throw new IllegalArgumentException("a section is the whole of its unit: " + commit);
    }
}
