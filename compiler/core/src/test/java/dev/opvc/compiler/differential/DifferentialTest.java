// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.differential;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random transactions do the same in every form as the interpreter says.
 *
 * <p>{@code -Dopvc.differential.programs=10000} runs more of them, {@code -Dopvc.differential.seed=…} a batch again, and
 * {@code -Dopvc.differential.source=file.opv -Dtest=DifferentialTest#whatOnceDifferedDoesNot} the transactions of a file:
 * of one that was shrunk by hand.
 */
class DifferentialTest {
    private static final int BATCH = 100;

    @TempDir
    private Path folder;

    @Test
    void everyFormDoesWhatTheInterpreterSays() throws Exception {
        Settings settings = Settings.ofProperties();
        Frontend frontend = new Frontend(folder);
        Differential differential = differential(frontend, settings);
        ProgramGenerator generator = new ProgramGenerator(frontend);
        for (int done = 0; done < settings.programs(); done += BATCH) {
            long seed = settings.seed() + done / BATCH;
            batch(generator, differential, seed, Math.min(BATCH, settings.programs() - done));
        }
        System.out.print("DifferentialTest: " + generator.summary() + differential.summary());
        if (CLibrary.isPossible() && settings.programs() >= BATCH) {
            assertThat(differential.optimistic()).isPositive();
        }
    }

    /** Also runs the file that {@value Settings#SOURCE} names. */
    @Test
    void whatOnceDifferedDoesNot() throws Exception {
        Settings settings = Settings.ofProperties();
        System.out.println("DifferentialTest: -D" + Settings.SEED + "=" + settings.seed());
        Differential differential = differential(new Frontend(folder), settings);
        Path file = settings.source().orElse(resource("/differential/regressions.opv"));
        assertThat(differential.run(file, settings.seed()))
                .as("-D%s=%d", Settings.SEED, settings.seed())
                .isEmpty();
        System.out.print("DifferentialTest: " + file.getFileName() + ": " + differential.summary());
    }

    private Differential differential(Frontend frontend, Settings settings) {
        boolean withC = CLibrary.isPossible();
        if (!withC) {
            System.out.println("left out: C, because there is no gcc");
        }
        return new Differential(folder, frontend, settings.casesPerProgram(), withC);
    }

    private static Path resource(String name) throws URISyntaxException {
        return Path.of(
                Objects.requireNonNull(DifferentialTest.class.getResource(name)).toURI());
    }

    private void batch(ProgramGenerator generator, Differential differential, long seed, int programs)
            throws Exception {
        String repeat = String.format("-D%s=%d -D%s=%d", Settings.SEED, seed, Settings.PROGRAMS, programs);
        System.out.println("DifferentialTest: " + repeat);
        Path file = folder.resolve("batch.opv");
        Files.writeString(file, generator.generate(seed, programs));
        List<String> reports = differential.run(file, seed);
        assertThat(reports).as("run again with " + repeat).isEmpty();
    }
}
