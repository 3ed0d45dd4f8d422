// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.differential;

import java.util.ArrayList;
import java.util.List;

/**
 * What has to happen.
 *
 * @param calls what each call has to answer
 * @param world what they have to leave
 */
record Prediction(List<Predicted> calls, World world) {
    /** What a call has to answer: zeros for results where it does not commit. */
    record Predicted(Ending ending, List<Datum> results) {
        static Predicted without(Ending ending, Unit unit) {
            return new Predicted(
                    ending,
                    unit.values().stream().map(type -> Datum.of(type, 0)).toList());
        }
    }

    /**
     * Runs the calls, up to the first of which the language does not say what happens.
     *
     * @throws Skipped if that is the first one
     */
    static Prediction of(Inputs inputs, long arenaStart) {
        World world = World.of(inputs, arenaStart);
        List<Predicted> predicted = new ArrayList<>();
        for (Call call : inputs.calls()) {
            World next = world.copy();
            try {
                Predicted each = call.unit() instanceof Unit.Query query
                        ? QueryInterpreter.run(query.definition(), call, next)
                        : Interpreter.run(((Unit.Transaction) call.unit()).definition(), call, next);
                predicted.add(each);
                world = each.ending().isCommit() ? next : world;
            } catch (Skipped e) {
                if (predicted.isEmpty()) {
                    throw e;
                }
                break;
            }
        }
        return new Prediction(predicted, world);
    }
}
