// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit;

import dev.opvc.compiler.vector.Block;
import dev.opvc.compiler.vector.Step;

/** Leads a form's writer through the plan of a transaction: the one order of steps, branches and ends. */
public final class PlanWalk<P> {
    private final FormWriter<P> form;

    private PlanWalk(FormWriter<P> form) {
        this.form = form;
    }

    /**
     * Has a form write all ways from a block on.
     *
     * @param path what is known of the path that leads to the block
     */
    public static <P> void walk(Block block, FormWriter<P> form, P path) {
        new PlanWalk<>(form).block(block, path);
    }

    /** Has a form write a step alone. */
    public static <P> void step(Step step, FormWriter<P> form, P path) {
        new PlanWalk<>(form).step(step, path);
    }

    private void block(Block block, P path) {
        block.steps().forEach(step -> step(step, path));
        block.end().match(new Ends(path)).run();
    }

    private void branch(Block block, P path) {
        if (!form.isElsewhere(block, path)) {
            block(block, path);
        }
    }

    private void step(Step step, P path) {
        step.match(new Steps(path)).run();
    }

    private final class Ends implements Block.EndCases<Runnable> {
        private final P path;

        Ends(P path) {
            this.path = path;
        }

        @Override
        public Runnable commit(Block.Commit commit) {
            return () -> form.commit(commit, path);
        }

        @Override
        public Runnable choice(Block.Choice choice) {
            return () -> {
                branch(choice.then(), form.beginThen(choice, path));
                form.endThen(choice);
                branch(choice.otherwise(), path);
            };
        }
    }

    private final class Steps implements Step.Cases<Runnable> {
        private final P path;

        Steps(P path) {
            this.path = path;
        }

        @Override
        public Runnable bind(Step.Bind bind) {
            return () -> form.bind(bind, path);
        }

        @Override
        public Runnable read(Step.Read read) {
            return () -> form.read(read, path);
        }

        @Override
        public Runnable load(Step.Load load) {
            return () -> form.load(load, path);
        }

        @Override
        public Runnable check(Step.Check check) {
            return () -> form.check(check, path);
        }

        @Override
        public Runnable decide(Step.Decide decide) {
            return () -> form.decide(decide, path);
        }

        @Override
        public Runnable guard(Step.Guard guard) {
            return () -> form.guard(guard, path);
        }
    }
}
