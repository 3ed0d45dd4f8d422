// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.vector;

import java.util.ArrayList;
import java.util.List;

/**
 * A stretch of a unit's preparation without a choice in it, and how it ends. A unit is a tree of blocks, with one path
 * from its root to each of its leaves.
 */
public record Block(List<Step> steps, End end) {

    public Block {
        steps = List.copyOf(steps);
    }

    /** What comes after the steps of a block. */
    public sealed interface End {
        /** Dispatches on the kind of end. */
        <R> R match(EndCases<R> cases);
    }

    /**
     * What is done with each kind of end.
     *
     * @param <R> what comes of it
     */
    public interface EndCases<R> {
        R commit(Commit commit);

        R choice(Choice choice);
    }

    /**
     * The path is complete: its writes are all operations behind its guards and validations, in the order written,
     * whichever block their statements stand in.
     *
     * @param results what the results are, once the vector has run to its end
     */
    public record Commit(List<Operation> writes, List<ResultValue> results) implements End {

        public Commit {
            writes = List.copyOf(writes);
            results = List.copyOf(results);
        }

        @Override
        public <R> R match(EndCases<R> cases) {
            return cases.commit(this);
        }
    }

    /**
     * One of two ways, by values that are known.
     *
     * @param written the condition as it stands in the source
     */
    public record Choice(Value condition, String written, Block then, Block otherwise) implements End {
        /** What holds where a condition does not, as it would be written. */
        public static String not(String written) {
            return "!(" + written + ")";
        }

        @Override
        public <R> R match(EndCases<R> cases) {
            return cases.choice(this);
        }
    }

    /** The paths from here, in the order of the source: where the condition of a choice holds comes first. */
    List<VectorPath> paths() {
        List<VectorPath> paths = new ArrayList<>();
        collect(List.of(), List.of(), paths);
        return paths;
    }

    private void collect(List<String> when, List<Step> before, List<VectorPath> paths) {
        List<Step> preparation = joined(before, steps);
        end.match(new EndCases<Runnable>() {
                    @Override
                    public Runnable commit(Commit commit) {
                        return () -> paths.add(new VectorPath(when, preparation, commit.writes(), commit.results()));
                    }

                    @Override
                    public Runnable choice(Choice choice) {
                        return () -> {
                            String condition = choice.written();
                            choice.then().collect(joined(when, List.of(condition)), preparation, paths);
                            choice.otherwise()
                                    .collect(joined(when, List.of(Choice.not(condition))), preparation, paths);
                        };
                    }
                })
                .run();
    }

    private static <T> List<T> joined(List<T> first, List<T> second) {
        List<T> joined = new ArrayList<>(first);
        joined.addAll(second);
        return joined;
    }
}
