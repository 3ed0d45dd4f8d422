// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Properties;

/** The version that the build was given. */
public final class CompilerVersion {
    private static final String RESOURCE = "version.properties";

    private CompilerVersion() {}

    /** The version, for instance {@code 1.2.0}. */
    public static String number() {
        try (InputStream resource = Objects.requireNonNull(CompilerVersion.class.getResourceAsStream(RESOURCE))) {
            Properties properties = new Properties();
            properties.load(resource);
            return properties.getProperty("version");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
