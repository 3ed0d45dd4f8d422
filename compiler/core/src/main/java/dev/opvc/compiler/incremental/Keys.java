// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.incremental;

import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.List;

/**
 * Names files in the record: below the project's folder by the path from there, otherwise by the absolute path, and
 * inside an archive by its URI.
 *
 * @param importFolders some may be inside archives; only these are found again
 */
record Keys(Path base, List<Path> importFolders) {
    Keys {
        importFolders = List.copyOf(importFolders);
    }

    String of(Path file) {
        Path absolute = file.toAbsolutePath().normalize();
        if (!isInDefaultFileSystem(absolute)) {
            return absolute.toUri().toString();
        }
        Path path = absolute.startsWith(base) ? base.relativize(absolute) : absolute;
        return path.toString();
    }

    /**
     * The file that has a key.
     *
     * @throws java.nio.file.InvalidPathException if none can have it
     */
    Path path(String key) {
        for (Path folder : importFolders) {
            String prefix = folder.toUri().toString();
            if (!isInDefaultFileSystem(folder) && key.startsWith(prefix)) {
                return folder.resolve(withoutLeadingSlash(key.substring(prefix.length())));
            }
        }
        return base.resolve(key);
    }

    private static String withoutLeadingSlash(String path) {
        return path.startsWith("/") ? path.substring(1) : path;
    }

    private static boolean isInDefaultFileSystem(Path path) {
        return path.getFileSystem().equals(FileSystems.getDefault());
    }
}
