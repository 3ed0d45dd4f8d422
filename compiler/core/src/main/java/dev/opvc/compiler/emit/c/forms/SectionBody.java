// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.c.forms;

import dev.opvc.compiler.emit.PlanWalk;
import dev.opvc.compiler.emit.c.names.CNames;
import dev.opvc.compiler.emit.c.text.CExpression;
import dev.opvc.compiler.emit.c.text.FunctionText;
import dev.opvc.compiler.emit.c.types.CTypes;
import dev.opvc.compiler.emit.c.types.RawBits;
import dev.opvc.compiler.model.Field;
import dev.opvc.compiler.model.Parameter;
import dev.opvc.compiler.model.Type;
import dev.opvc.compiler.vector.Address;
import dev.opvc.compiler.vector.Block;
import dev.opvc.compiler.vector.Operation;
import dev.opvc.compiler.vector.Place;
import dev.opvc.compiler.vector.Prepared;
import dev.opvc.compiler.vector.Step;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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
        Map<Parameter, String> elsewhere = body.findLengths(named);
        body.write();
        elsewhere.forEach(body.locals::assign);
        return body.statements.functions(named.names().attempt(), parameters);
    }

    /**
     * From where slots begin: a slot may not be used yet, and whoever works on it takes its cache line away from others.
     *
     * @return what the lengths are called in other functions
     */
    private Map<Parameter, String> findLengths(NamedUnit named) {
        Map<Parameter, String> elsewhere = new LinkedHashMap<>();
        for (Parameter slot : named.unit().perCpuParameters()) {
            slot.length().ifPresent(length -> {
                elsewhere.put(length, locals.of(length));
                Field field = slot.struct().lengthField().orElseThrow();
                String name = locals.variable(slot.name() + "_" + field.name());
                CExpression here = CExpression.cast(
                        "const " + CTypes.pointer(CTypes.struct(slot.struct())),
                        CExpression.call("opv_percpu_blank", CExpression.primary(locals.of(slot))));
                statements.declare(
                        CTypes.declare(CTypes.scalar(Parameter.LENGTH_TYPE), name),
                        CExpression.primary("(" + here + ")->" + CNames.member(field)));
                locals.assign(length, name);
            });
        }
        return elsewhere;
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
