// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** The sources that tests of several phases and targets share. */
public final class TestPrograms {
    private TestPrograms() {}

    /** The text of a file of {@code programs}. */
    public static String read(String name) throws IOException {
        try (InputStream in = TestPrograms.class.getResourceAsStream("/programs/" + name)) {
            return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
