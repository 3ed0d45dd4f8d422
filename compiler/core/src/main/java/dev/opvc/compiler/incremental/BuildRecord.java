// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.incremental;

import dev.opvc.compiler.source.ContentDigest;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a build was made from, and what it made. Files stand under their {@link Keys}. If everything that it names still
 * is as it says, and nothing has come to the sources, then building again would change nothing.
 *
 * @param settings what else decides the output: the compiler's version and the options
 * @param sources the files that were compiled
 * @param imports the files that they import, and places where an import was looked for in vain
 * @param outputs what was written
 * @param warned whether there were warnings: such a build is made again, so that they are told again
 */
record BuildRecord(
        List<String> settings,
        SortedMap<String, ContentDigest> sources,
        SortedMap<String, ContentDigest> imports,
        SortedMap<String, ContentDigest> outputs,
        boolean warned) {
    static final BuildRecord EMPTY = new BuildRecord(List.of(), Map.of(), Map.of(), Map.of(), false);

    /** No build has this setting, so no build is ever taken for one that has it. */
    private static final List<String> UNFINISHED = List.of("unfinished");

    BuildRecord {
        settings = List.copyOf(settings);
    }

    BuildRecord(
            List<String> settings,
            Map<String, ContentDigest> sources,
            Map<String, ContentDigest> imports,
            Map<String, ContentDigest> outputs,
            boolean warned) {
        this(settings, new TreeMap<>(sources), new TreeMap<>(imports), new TreeMap<>(outputs), warned);
    }

    /**
     * What is recorded while the outputs of the next build are written. If the process is killed in between, the build
     * after it knows every file that may have been left behind.
     */
    BuildRecord unfinished(BuildRecord next) {
        Map<String, ContentDigest> either = new TreeMap<>(outputs);
        either.putAll(next.outputs);
        return new BuildRecord(UNFINISHED, Map.of(), Map.of(), either, false);
    }
}
