// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.format;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The OPV files of the repository. */
public final class OpvFiles {
    private static final Path ROOT = Path.of(System.getProperty("opvc.root"));
    /** Made by builds, or no part of the sources. */
    private static final Set<String> FOLDERS_LEFT_OUT = Set.of("target", "build", ".git");
    /** Wrong on purpose: what is wrong in them stands where it is. */
    private static final Path WRONG = ROOT.resolve("compiler/core/src/test/resources/diagnostics");

    private OpvFiles() {}

    /** Those that are to be in the one formatting. */
    public static List<Path> formatted() throws IOException {
        return withEnding(".opv");
    }

    /** The documentation. */
    public static List<Path> documents() throws IOException {
        return withEnding(".md");
    }

    private static List<Path> withEnding(String ending) throws IOException {
        List<Path> found = new ArrayList<>();
        Files.walkFileTree(ROOT, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                boolean leftOut = FOLDERS_LEFT_OUT.contains(folder.getFileName().toString()) || folder.equals(WRONG);
                return leftOut ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (file.toString().endsWith(ending)) {
                    found.add(file);
                }
                return FileVisitResult.CONTINUE;
            }
        });
        found.sort(null);
        return found;
    }
}
