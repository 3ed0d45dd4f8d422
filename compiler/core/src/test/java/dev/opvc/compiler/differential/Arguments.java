// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.differential;

import dev.opvc.compiler.model.Expr;
import dev.opvc.compiler.model.Origin;
import dev.opvc.compiler.model.Parameter;
import java.math.BigInteger;
import java.util.Objects;

/** The values of the parameters of one call, where it works on the slots of one CPU. */
final class Arguments {
    private final Call call;
    private final World world;
    private final int cpu;

    Arguments(Call call, World world, int cpu) {
        this.call = call;
        this.world = world;
        this.cpu = cpu;
    }

    /** The value of a parameter; of a slot, its address. */
    Datum value(Expr.ParameterValue value) {
        Parameter parameter = value.parameter();
        if (parameter.lengthOf().isPresent()) {
            Instance instance = Objects.requireNonNull(
                    call.instances().get(parameter.lengthOf().get()));
            return Datum.of(value.type(), instance.length());
        }
        if (parameter.perCpu()) {
            Instance instance = Objects.requireNonNull(call.instances().get(parameter), parameter.name());
            return Datum.of(value.type(), world.address(instance, cpu));
        }
        return Datum.of(value.type(), Objects.requireNonNull(call.arguments().get(parameter), parameter.name()));
    }

    /** Every call is held to the largest values that its parameters may have, whether they are used or not. */
    void checkMax() {
        for (Parameter parameter : call.unit().parameters()) {
            if (parameter.max().isPresent()
                    && value(valueOf(parameter))
                                    .integer()
                                    .compareTo(
                                            BigInteger.valueOf(parameter.max().getAsLong()))
                            > 0) {
                throw Concluded.error(Ending.Kind.ILLEGAL_ARGUMENT);
            }
        }
    }

    static Expr.ParameterValue valueOf(Parameter parameter) {
        return new Expr.ParameterValue(
                parameter, new Origin(parameter.identifier().span()));
    }
}
