// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.differential;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What a run does, from system properties.
 *
 * @param programs how many programs to run
 * @param seed the first batch's; each further one has the next
 * @param casesPerProgram how often each program is run, each time on other memory and with other arguments
 * @param source a file to run instead of random programs: a program that was shrunk by hand
 */
record Settings(int programs, long seed, int casesPerProgram, Optional<Path> source) {
    static final String PROGRAMS = "opvc.differential.programs";
    static final String SEED = "opvc.differential.seed";
    static final String CASES = "opvc.differential.cases";
    static final String SOURCE = "opvc.differential.source";

    private static final int DEFAULT_PROGRAMS = 200;
    private static final int DEFAULT_CASES = 30;
    private static final int DEFAULT_CASES_OF_SOURCE = 5_000;

    static Settings ofProperties() {
        Optional<Path> source = Optional.ofNullable(System.getProperty(SOURCE)).map(Path::of);
        return new Settings(
                Integer.getInteger(PROGRAMS, DEFAULT_PROGRAMS),
                Long.getLong(SEED, System.nanoTime()),
                Integer.getInteger(CASES, source.isPresent() ? DEFAULT_CASES_OF_SOURCE : DEFAULT_CASES),
                source);
    }
}
