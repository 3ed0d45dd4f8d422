// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.java;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The Java of one sample, to be read by people: {@code src/test/resources/golden/pools.opv} and the folder {@code java}
 * beside it. After a change of the emitter that is meant, write it anew and read what changed:
 * {@code mvn -pl compiler/core -am test -Dtest=GoldenTest -Dsurefire.failIfNoSpecifiedTests=false
 * -Dopvc.golden.update=true}.
 */
class GoldenTest {
    private static final boolean UPDATE = Boolean.getBoolean("opvc.golden.update");

    @TempDir
    private Path folder;

    @Test
    void sampleBecomesWhatPeopleHaveRead() throws Exception {
        Path golden = golden();
        Generated generated =
                Generated.from(folder, Map.of("pools.opv", Files.readString(golden.resolve("pools.opv"))));
        Path java = golden.resolve("java");
        if (UPDATE) {
            update(java, generated.sources());
        }

        assertThat(generated.sources().keySet()).containsExactlyInAnyOrderElementsOf(files(java));
        for (Map.Entry<String, String> source : generated.sources().entrySet()) {
            assertThat(source.getValue())
                    .as(source.getKey())
                    .isEqualTo(Files.readString(java.resolve(source.getKey())));
        }
    }

    /** The folder in the source tree when it is written, else its copy on the class path. */
    private static Path golden() throws URISyntaxException {
        return UPDATE
                ? Path.of(System.getProperty("opvc.root"), "compiler/core/src/test/resources/golden")
                : Path.of(Objects.requireNonNull(GoldenTest.class.getResource("/golden"))
                        .toURI());
    }

    private static List<String> files(Path java) throws IOException {
        try (Stream<Path> files = Files.walk(java)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> java.relativize(file).toString().replace('\\', '/'))
                    .toList();
        }
    }

    private static void update(Path java, Map<String, String> sources) throws IOException {
        for (Map.Entry<String, String> source : sources.entrySet()) {
            Path file = java.resolve(source.getKey());
            Files.createDirectories(file.getParent());
            Files.writeString(file, source.getValue());
        }
    }
}
