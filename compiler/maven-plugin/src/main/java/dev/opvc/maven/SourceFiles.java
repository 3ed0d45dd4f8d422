// SPDX-License-Identifier: Apache-2.0
package dev.opvc.maven;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.codehaus.plexus.util.DirectoryScanner;

/**
 * Sources below a folder.
 *
 * @param includes patterns as all of Maven understands them; if there are none, every source is meant
 */
record SourceFiles(Path folder, List<String> includes, List<String> excludes) {
    static final String ALL = "**/*.opv";

    SourceFiles {
        includes = List.copyOf(includes);
        excludes = List.copyOf(excludes);
    }

    /** The files that are there now, in the same order on every machine. */
    List<Path> scan() {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        DirectoryScanner scanner = new DirectoryScanner();
        scanner.setBasedir(folder.toFile());
        scanner.setIncludes(includes.isEmpty() ? new String[] {ALL} : includes.toArray(String[]::new));
        scanner.setExcludes(excludes.toArray(String[]::new));
        scanner.addDefaultExcludes();
        scanner.scan();
        return Arrays.stream(scanner.getIncludedFiles())
                .map(name -> name.replace('\\', '/'))
                .sorted()
                .map(folder::resolve)
                .toList();
    }
}
