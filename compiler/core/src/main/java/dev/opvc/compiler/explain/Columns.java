// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.explain;

import java.util.ArrayList;
import java.util.List;

/** Rows of cells, each column as wide as its widest cell. */
final class Columns {
    private static final String GAP = "  ";

    /** Which side of its column a cell stands on. */
    enum Side {
        LEFT,
        RIGHT
    }

    private final List<Side> sides;
    private final List<List<String>> rows = new ArrayList<>();

    Columns(Side... sides) {
        this.sides = List.of(sides);
    }

    void row(String... cells) {
        rows.add(List.of(cells));
    }

    /** The rows as lines, without white space at their ends. */
    List<String> lines() {
        return rows.stream().map(this::line).toList();
    }

    private String line(List<String> row) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < row.size(); column++) {
            String padding = " ".repeat(width(column) - row.get(column).length());
            line.append(column == 0 ? "" : GAP);
            line.append(sides.get(column) == Side.RIGHT ? padding + row.get(column) : row.get(column) + padding);
        }
        return line.toString().stripTrailing();
    }

    private int width(int column) {
        return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
    }
}
