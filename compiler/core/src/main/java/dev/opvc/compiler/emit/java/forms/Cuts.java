// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.java.forms;

import dev.opvc.compiler.emit.PlanWalk;
import dev.opvc.compiler.vector.Block;
import dev.opvc.compiler.vector.Step;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.function.Supplier;

/** Decides which branches of a plan become methods of their own, so that no method is too long. */
final class Cuts<P> {
    /** What a method may have before branches are cut off: calls of parts, and how it begins and ends, come on top. */
    private static final int METHOD_BYTES = BytecodeEstimate.COMPILED_MAX - 500;

    /** A call of a part. */
    private static final int CALL_BYTES = 200;

    private final Set<Block> blocks = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Supplier<? extends StepsWriter<P>> writers;
    private int uncutBytes;

    private Cuts(Supplier<? extends StepsWriter<P>> writers) {
        this.writers = writers;
    }

    /** Leaves everything in one method. */
    static Set<Block> none() {
        return Set.of();
    }

    /**
     * Finds branches to cut off.
     *
     * @param writers make writers to measure with
     * @param path one that is for measuring only
     */
    static <P> Cuts<P> of(Block root, Supplier<? extends StepsWriter<P>> writers, P path) {
        Cuts<P> cuts = new Cuts<>(writers);
        cuts.measure(root, path);
        return cuts;
    }

    /** The branches to cut off. */
    Set<Block> blocks() {
        return blocks;
    }

    /** The bytes of everything in one method, without how that begins and ends. */
    int uncutBytes() {
        return uncutBytes;
    }

    /** The bytes that a block adds to the method that it stands in, after what is cut off from it. */
    private int measure(Block block, P path) {
        StepsWriter<P> writer = writers.get();
        if (!(block.end() instanceof Block.Choice choice)) {
            PlanWalk.walk(block, writer, path);
            int bytes = BytecodeEstimate.of(writer.code());
            uncutBytes += bytes;
            return bytes;
        }
        for (Step step : block.steps()) {
            PlanWalk.step(step, writer, path);
        }
        P branch = writer.beginThen(choice, path);
        writer.endThen(choice);
        int own = BytecodeEstimate.of(writer.code());
        uncutBytes += own;
        int then = measure(choice.then(), branch);
        int otherwise = measure(choice.otherwise(), path);
        if (own + then + otherwise > METHOD_BYTES && then >= otherwise) {
            then = cut(choice.then(), then);
        }
        if (own + then + otherwise > METHOD_BYTES) {
            otherwise = cut(choice.otherwise(), otherwise);
        }
        if (own + then + otherwise > METHOD_BYTES) {
            then = cut(choice.then(), then);
        }
        return own + then + otherwise;
    }

    private int cut(Block block, int bytes) {
        if (bytes <= CALL_BYTES) {
            return bytes;
        }
        blocks.add(block);
        return CALL_BYTES;
    }
}
