// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.differential;

import dev.opvc.compiler.differential.Prediction.Predicted;
import dev.opvc.compiler.differential.SimulatedMemory.Region;
import dev.opvc.compiler.model.ScalarType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Finds in what an observation is not what was predicted. */
final class Comparison {
    private Comparison() {}

    /** One line for each difference. */
    static List<String> differences(Prediction predicted, Observation observed) {
        List<String> differences = new ArrayList<>();
        for (int i = 0; i < predicted.calls().size(); i++) {
            answer("call " + i, predicted.calls().get(i), observed.answers().get(i), differences);
        }
        memory("arena", predicted.world().arena(), observed.arena(), differences);
        for (Map.Entry<Slot, Region> slot : predicted.world().slots().entrySet()) {
            Image actual = Objects.requireNonNull(observed.slots().get(slot.getKey()));
            memory(slot.getKey().toString(), slot.getValue(), actual, differences);
        }
        return differences;
    }

    private static void answer(String call, Predicted predicted, Answer observed, List<String> differences) {
        if (!observed.ending().is(predicted.ending())) {
            differences.add(call + " ended with " + observed.ending());
        }
        for (int i = 0; i < predicted.results().size(); i++) {
            if (!isSame(predicted.results().get(i), observed.results().get(i))) {
                differences.add(String.format(
                        "value %d of the results of %s is 0x%x",
                        i, call, observed.results().get(i)));
            }
        }
    }

    private static boolean isSame(Datum expected, long bits) {
        if (expected.anyNan()) {
            return Double.isNaN(new Datum((ScalarType) expected.type(), bits, false).number());
        }
        return expected.bits() == bits;
    }

    private static void memory(String name, Region expected, Image actual, List<String> differences) {
        for (int i = 0; i < actual.size(); i++) {
            if (expected.differs(i, actual)) {
                differences.add(String.format("%s[%d] is %02x, not %02x", name, i, actual.at(i), expected.at(i)));
            }
        }
    }
}
