// SPDX-License-Identifier: Apache-2.0
package dev.opvc.bench.generated;

import dev.opvc.bench.generated.Work.Way;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What was measured so far: nanoseconds of a thread for each operation. */
final class Figures {
    private final Map<Key, List<Double>> samples = new HashMap<>();

    private record Key(Work work, Way way, int threads) {}

    /**
     * A median and how far the samples lie apart.
     *
     * @param median in nanoseconds
     * @param spread half the distance between the quartiles, as a share of the median
     */
    record Figure(double median, double spread) {
        private static Figure of(List<Double> samples) {
            List<Double> sorted = samples.stream().sorted().toList();
            double median = quantile(sorted, 0.5);
            return new Figure(median, (quantile(sorted, 0.75) - quantile(sorted, 0.25)) / 2 / median);
        }

        /** Between two samples, their weighted mean. */
        private static double quantile(List<Double> sorted, double share) {
            double place = share * (sorted.size() - 1);
            int below = (int) place;
            int above = Math.min(below + 1, sorted.size() - 1);
            return sorted.get(below) + (place - below) * (sorted.get(above) - sorted.get(below));
        }
    }

    void add(Way way, Work work, int threads, List<Double> more) {
        samples.computeIfAbsent(new Key(work, way, threads), key -> new ArrayList<>())
                .addAll(more);
    }

    /** Empty if this way was not measured. */
    Optional<Figure> of(Work work, Way way, int threads) {
        return Optional.ofNullable(samples.get(new Key(work, way, threads))).map(Figure::of);
    }
}
