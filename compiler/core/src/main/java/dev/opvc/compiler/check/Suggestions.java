// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.check;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds what somebody probably meant. */
final class Suggestions {
    /** One typing error in so many letters is likely to be one. */
    private static final int LETTERS_PER_ERROR = 3;

    /** Names that are looked at; comparing each unknown name to each known one would be quadratic. */
    private static final int NAMES_MAX = 1_000;

    private Suggestions() {}

    /** A help text that names the most alike of the names, if one is alike enough. */
    static Optional<String> among(String wrong, Collection<String> names) {
        if (wrong.length() > Names.LENGTH_MAX) {
            return Optional.empty();
        }
        // Any name of one letter is one error away from any other: only its case can be mistaken.
        boolean oneLetter = wrong.length() == 1;
        int most = Math.max(1, wrong.length() / LETTERS_PER_ERROR);
        return names.stream()
                .limit(NAMES_MAX)
                .filter(name -> Math.abs(name.length() - wrong.length()) <= most)
                .filter(name -> oneLetter ? name.equalsIgnoreCase(wrong) : distance(wrong, name) <= most)
                .min(Comparator.<String>comparingInt(name -> distance(wrong, name))
                        .thenComparing(Comparator.naturalOrder()))
                .map(name -> "did you mean `" + name + "`?");
    }

    /** How many letters must be inserted, removed, replaced, or exchanged with their neighbour. */
    private static int distance(String a, String b) {
        int[] beforePrevious = new int[b.length() + 1];
        int[] previous = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] current = new int[b.length() + 1];
            current[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(replaced, 1 + Math.min(previous[j], current[j - 1]));
                boolean exchanged =
                        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
                if (exchanged) {
                    current[j] = Math.min(current[j], 1 + beforePrevious[j - 2]);
                }
            }
            beforePrevious = previous;
            previous = current;
        }
        return previous[b.length()];
    }
}
