// SPDX-License-Identifier: Apache-2.0
package dev.opvc.samples.opentelemetry;

import java.util.ArrayList;
import java.util.List;

/** What a reader has been given for one set of attributes, as far as it is compared. */
record Point(long start, long end, double sum, double min, double max, List<Long> counts) {
    long count() {
        return counts.stream().mapToLong(Long::longValue).sum();
    }

    /** This and what came after it. */
    Point plus(Point later) {
        List<Long> both = new ArrayList<>();
        for (int i = 0; i < counts.size(); i++) {
            both.add(counts.get(i) + later.counts.get(i));
        }
        return new Point(start, later.end, sum + later.sum, Math.min(min, later.min), Math.max(max, later.max), both);
    }

    /** Whether both have the same values. Two histograms are not read at the same time. */
    boolean hasValuesOf(Point other) {
        return sum == other.sum && min == other.min && max == other.max && counts.equals(other.counts);
    }
}
