// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.module;

import dev.opvc.compiler.source.ContentDigest;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Notes what loading depends on, under the paths by which it was asked for. */
final class Inputs {
    private final Map<Path, ContentDigest> byPath = new HashMap<>();
    private final Map<Path, ContentDigest> byKey = new HashMap<>();

    /**
     * A file was read.
     *
     * @param key what the file is known by, whatever links led to it
     */
    void read(Path file, Path key, ContentDigest digest) {
        byPath.put(normal(file), digest);
        byKey.put(key, digest);
    }

    /** A file that was read before has been reached once more, perhaps by another path, which may change on its own. */
    void readAgain(Path file, Path key) {
        ContentDigest digest = byKey.get(key);
        if (digest != null) {
            byPath.put(normal(file), digest);
        }
    }

    /** A file was looked for, and would have been taken had it been there. */
    void absent(Path file) {
        byPath.put(normal(file), ContentDigest.ABSENT);
    }

    Map<Path, ContentDigest> digests() {
        return Map.copyOf(byPath);
    }

    private static Path normal(Path file) {
        return file.toAbsolutePath().normalize();
    }
}
