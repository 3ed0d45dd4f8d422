// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.lower;

import dev.opvc.compiler.vector.Step;
import dev.opvc.compiler.vector.Value;
import java.util.ArrayList;
import java.util.List;

/** The steps of one block, in order. */
final class Steps {
    private final ReadDepths depths;
    private final List<Step> steps = new ArrayList<>();

    Steps(ReadDepths depths) {
        this.depths = depths;
    }

    List<Step> all() {
        return steps;
    }

    void add(Step step) {
        steps.add(step);
    }

    /**
     * Has a place read by a loading vector: by the one before it if what leads there was known to that, and nothing that
     * could end the transaction stands between. Then that vector moves behind all that it does not depend on, so that
     * whatever leads to the place stands before it.
     */
    void load(Step.Loaded value) {
        int depth = depths.of(new Value.OfPrepared(value.prepared()));
        List<Step.Loaded> together = new ArrayList<>();
        List<Step> dependent = new ArrayList<>();
        int last = steps.size() - 1;
        while (last >= 0 && (steps.get(last) instanceof Step.Read || steps.get(last) instanceof Step.Bind)) {
            last--;
        }
        if (last >= 0 && steps.get(last) instanceof Step.Load before && depthOf(before) == depth) {
            together.addAll(before.values());
            steps.remove(last);
            steps.subList(last, steps.size()).stream()
                    .filter(step -> dependsOnDepth(step, depth))
                    .forEach(dependent::add);
            steps.removeAll(dependent);
        }
        together.add(value);
        steps.add(new Step.Load(together));
        steps.addAll(dependent);
    }

    private boolean dependsOnDepth(Step step, int depth) {
        return step instanceof Step.Bind bind
                ? depths.of(new Value.OfLocal(bind.local())) >= depth
                : step.reads().stream().anyMatch(read -> depths.of(read.place()) >= depth);
    }

    private int depthOf(Step.Load load) {
        return depths.of(new Value.OfPrepared(load.values().get(0).prepared()));
    }
}
