// SPDX-License-Identifier: Apache-2.0
package dev.opvc.bench.generated;

import dev.opvc.bench.generated.Figures.Figure;
import dev.opvc.bench.generated.Work.Way;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Figures as a table in Markdown; the harness for C prints the same. */
final class Table {
    private final Work work;
    private final List<Integer> threads;
    private final Figures figures;

    private Table(Work work, List<Integer> threads, Figures figures) {
        this.work = work;
        this.threads = threads;
        this.figures = figures;
    }

    static String of(Work work, List<Integer> threads, Figures figures) {
        return new Table(work, threads, figures).text();
    }

    private String text() {
        StringBuilder text = new StringBuilder("| " + work.title() + " |");
        threads.forEach(count -> text.append(count == 1 ? " 1 thread |" : " " + count + " threads |"));
        text.append("\n|---|").append("---|".repeat(threads.size())).append('\n');
        work.ways().stream().filter(this::isMeasured).forEach(way -> appendRow(text, way));
        return text.toString();
    }

    private boolean isMeasured(Way way) {
        return figures.of(work, way, threads.get(0)).isPresent();
    }

    private void appendRow(StringBuilder text, Way way) {
        text.append("| ").append(way.label()).append(" |");
        for (int count : threads) {
            figures.of(work, way, count)
                    .ifPresent(figure -> text.append(cell(figure, figures.of(work, work.peer(), count))));
        }
        text.append('\n');
    }

    private static String cell(Figure figure, Optional<Figure> peer) {
        String ratio = peer.map(of -> String.format(Locale.ROOT, "**%.2f**, ", figure.median() / of.median()))
                .orElse("");
        return String.format(Locale.ROOT, " %s%.1f ns ±%.0f %% |", ratio, figure.median(), 100 * figure.spread());
    }
}
