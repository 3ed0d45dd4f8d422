// SPDX-License-Identifier: Apache-2.0
package dev.opvc.bench.generated;

import dev.opvc.bench.generated.Work.Form;
import dev.opvc.bench.generated.Work.Way;
import dev.opvc.runtime.Forms;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Measures what opvc generates, and its peers, in turn, and prints tables. The argument is {@code quick}, or how many
 * rounds there are; a second one picks the tables whose titles have these words.
 */
public final class GeneratedBenchmarks {
    private final Plan plan;
    private final List<Work> works;
    private final Figures figures = new Figures();

    private GeneratedBenchmarks(Plan plan, String words) {
        this.plan = plan;
        this.works =
                Work.ALL.stream().filter(work -> work.title().contains(words)).toList();
    }

    public static void main(String[] arguments) throws RunnerException {
        Plan plan = arguments[0].equals("quick") ? Plan.quick() : Plan.full(Integer.parseInt(arguments[0]));
        new GeneratedBenchmarks(plan, arguments.length > 1 ? arguments[1] : "").run();
    }

    private void run() throws RunnerException {
        for (int round = 1; round <= plan.rounds(); round++) {
            for (int threads : plan.threads()) {
                System.err.printf("Java: round %d of %d, threads: %d%n", round, plan.rounds(), threads);
                for (Work work : works) {
                    measure(work, threads);
                }
            }
        }
        for (Work work : works) {
            System.out.println(Table.of(work, plan.threads(), figures));
        }
    }

    private void measure(Work work, int threads) throws RunnerException {
        for (Way way : work.ways()) {
            if (plan.forks() > 0 || way.form() == Form.ofThisProcess()) {
                figures.add(way, work, threads, samples(work, way, threads));
            }
        }
    }

    private List<Double> samples(Work work, Way way, int threads) throws RunnerException {
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include("^" + Pattern.quote(work.name(way)) + "$")
                .mode(Mode.Throughput)
                .timeUnit(TimeUnit.NANOSECONDS)
                .threads(threads)
                .forks(plan.forks())
                .warmupIterations(plan.warmUps())
                .warmupTime(plan.time())
                .measurementIterations(plan.iterations())
                .measurementTime(plan.time())
                .jvmArgsAppend("-D" + Forms.FORM_PROPERTY + "=" + way.form().property)
                .shouldFailOnError(true)
                .verbosity(VerboseMode.SILENT);
        RunResult result = new Runner(options.build()).runSingle();
        List<Double> samples = new ArrayList<>();
        for (BenchmarkResult process : result.getBenchmarkResults()) {
            for (IterationResult iteration : process.getIterationResults()) {
                samples.add(threads / iteration.getPrimaryResult().getScore());
            }
        }
        return samples;
    }
}
