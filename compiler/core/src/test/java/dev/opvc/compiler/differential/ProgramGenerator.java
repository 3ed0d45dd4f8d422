// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.differential;

import dev.opvc.compiler.differential.Frontend.Discarded;
import dev.opvc.compiler.differential.Frontend.Verdict;
import dev.opvc.compiler.model.Program;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/** Writes a batch of transactions, queries and drains over the same structs, all of which the compiler takes. */
final class ProgramGenerator {
    /** Of a hundred units. */
    private static final int QUERIES = 35;

    private final Frontend frontend;
    private final Map<String, Integer> discarded = new TreeMap<>();
    private int accepted;

    ProgramGenerator(Frontend frontend) {
        this.frontend = frontend;
    }

    /** One file with a number of units; all follow from the seed. */
    String generate(long seed, int wanted) throws IOException {
        Choices choices = new Choices(seed);
        String declarations = "package dev.differential;\n\n" + new DeclarationGenerator(choices).generate();
        Program program = frontend.program(declarations);
        StringBuilder units = new StringBuilder(declarations);
        int count = 0;
        while (count < wanted) {
            String unit = choices.chance(QUERIES)
                    ? new QueryGenerator(choices.fork(), program.structs()).generate("t" + count)
                    : new TransactionGenerator(choices.fork(), program.structs()).generate("t" + count);
            Verdict verdict = frontend.judge(declarations + "\n" + unit);
            if (verdict instanceof Discarded why) {
                discarded.merge(why.reason(), 1, Integer::sum);
            } else {
                units.append('\n').append(unit);
                count++;
            }
        }
        accepted += count;
        return units.toString();
    }

    /** How many units were written in vain, and why. */
    String summary() {
        int inVain = discarded.values().stream().mapToInt(Integer::intValue).sum();
        StringBuilder text = new StringBuilder();
        text.append(String.format(
                "%d programs; %d more discarded (%.0f %%)%n",
                accepted, inVain, 100.0 * inVain / Math.max(1, accepted + inVain)));
        discarded.forEach((reason, count) -> text.append(String.format("  %5d %s%n", count, reason)));
        return text.toString();
    }
}
