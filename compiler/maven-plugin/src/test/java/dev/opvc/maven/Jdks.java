// SPDX-License-Identifier: Apache-2.0
package dev.opvc.maven;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

/** Finds other JDKs of this machine. */
final class Jdks {
    private Jdks() {}

    /**
     * A JDK of a version: where the environment says ({@code JAVA_HOME_25} or {@code JAVA_HOME_25_X64}), or beside the
     * JDK that this runs on, where package managers install them.
     */
    static Optional<Path> find(int version) throws IOException {
        for (Path home : candidates(version)) {
            if (Files.isExecutable(home.resolve("bin/javac")) && version(home) == version) {
                return Optional.of(home);
            }
        }
        return Optional.empty();
    }

    private static List<Path> candidates(int version) throws IOException {
        List<Path> candidates = new ArrayList<>();
        for (String variable : List.of("JAVA_HOME_" + version, "JAVA_HOME_" + version + "_X64")) {
            String home = System.getenv(variable);
            if (home != null) {
                candidates.add(Path.of(home));
            }
        }
        Path running = Path.of(System.getProperty("java.home"));
        candidates.add(running);
        Path beside = running.toRealPath().getParent();
        if (beside != null) {
            try (DirectoryStream<Path> homes = Files.newDirectoryStream(beside, Files::isDirectory)) {
                homes.forEach(candidates::add);
            }
        }
        return candidates;
    }

    /** The first number of the version in a JDK's {@code release} file, or -1. */
    private static int version(Path home) throws IOException {
        Path release = home.resolve("release");
        if (!Files.isRegularFile(release)) {
            return -1;
        }
        Properties properties = new Properties();
        try (var reader = Files.newBufferedReader(release)) {
            properties.load(reader);
        }
        String[] parts =
                properties.getProperty("JAVA_VERSION", "").replace("\"", "").split("\\D", 2);
        return parts[0].isEmpty() ? -1 : Integer.parseInt(parts[0]);
    }
}
