// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.c.forms;

import dev.opvc.compiler.emit.c.names.CNames;
import dev.opvc.compiler.emit.c.names.LocalNames;
import dev.opvc.compiler.emit.c.types.CTypes;
import dev.opvc.compiler.model.ArrayType;
import dev.opvc.compiler.model.Parameter;
import dev.opvc.compiler.model.Result;
import dev.opvc.compiler.vector.LoweredUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What the parameters of a unit's functions are made of, and the arguments with which one calls another. */
class Signature {
    static final String CPU = "cpu";

    private final LoweredUnit unit;
    private final LocalNames locals;

    Signature(LoweredUnit unit, LocalNames locals) {
        this.unit = unit;
        this.locals = locals;
    }

    final List<String> handles() {
        return unit.perCpuParameters().stream()
                .map(slot -> CTypes.declare(CTypes.pointer(CTypes.handle(slot.struct())), locals.of(slot)))
                .toList();
    }

    final List<String> handleArguments() {
        return unit.perCpuParameters().stream().map(locals::of).toList();
    }

    final List<String> slots() {
        return unit.perCpuParameters().stream()
                .map(slot -> CTypes.declare(slot.type(), locals.of(slot)))
                .toList();
    }

    /** The slots of a CPU, where there are handles. */
    final List<String> slotArguments() {
        return unit.perCpuParameters().stream()
                .map(slot -> CNames.slot(slot.struct()) + "(" + locals.of(slot) + ", " + CPU + ")")
                .toList();
    }

    /** The slots of a CPU, by what leads to all slots of a CPU, for instance {@code held.offset}. */
    final List<String> slotArguments(String offset) {
        return unit.perCpuParameters().stream()
                .map(slot -> "(" + CTypes.name(slot.type()) + ")opv_percpu_at(" + locals.of(slot) + ", " + offset + ")")
                .toList();
    }

    /** All parameters that do not stand for slots. */
    final List<String> plain() {
        return plainParameters()
                .map(parameter -> CTypes.declare(parameter.type(), locals.of(parameter)))
                .toList();
    }

    final List<String> plainArguments() {
        return plainParameters().map(locals::of).toList();
    }

    private Stream<Parameter> plainParameters() {
        return unit.parameters().stream().filter(parameter -> !parameter.perCpu());
    }

    /** Where results go. An array's length stands in its declaration, so that compilers can look at what is passed. */
    final List<String> results() {
        return unit.results().stream().map(this::result).toList();
    }

    final String result(Result result) {
        if (result.type() instanceof ArrayType array && array.sized()) {
            return CTypes.declare(CTypes.pointer(CTypes.name(array.element())), locals.of(result));
        }
        return result.type() instanceof ArrayType
                ? CTypes.declare(result.type(), locals.of(result))
                : CTypes.declare(CTypes.pointer(CTypes.name(result.type())), locals.of(result));
    }

    final List<String> resultArguments() {
        return unit.results().stream().map(locals::of).toList();
    }

    /** All names of parameters that functions may leave unused. */
    final List<String> parameterNames() {
        return unit.parameters().stream().map(locals::of).toList();
    }

    @SafeVarargs
    static List<String> join(List<String>... parts) {
        List<String> all = new ArrayList<>();
        for (List<String> part : parts) {
            all.addAll(part);
        }
        return all;
    }

    @SafeVarargs
    static String arguments(List<String>... parts) {
        return String.join(", ", join(parts));
    }
}
