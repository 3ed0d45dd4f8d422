// SPDX-License-Identifier: Apache-2.0
package dev.opvc.maven;

import java.io.File;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.maven.artifact.Artifact;

/**
 * The OPV files that dependencies carry below {@code META-INF/opv}. Archives stay open until this is closed; each has a
 * file system of its own, so that builds at one time do not share any.
 */
final class DependencyImports implements AutoCloseable {
    static final String FOLDER = "META-INF/opv";

    private final List<Path> folders = new ArrayList<>();
    private final List<FileSystem> archives = new ArrayList<>();

    private DependencyImports() {}

    /** Opens the archives that carry such files. In a build of several modules, a dependency may also be a folder. */
    static DependencyImports open(Set<Artifact> dependencies) throws IOException {
        DependencyImports imports = new DependencyImports();
        try {
            for (Artifact dependency : dependencies) {
                File file = dependency.getFile();
                if (file != null && file.isDirectory()) {
                    imports.addFolder(file.toPath().resolve(FOLDER));
                } else if (file != null && file.isFile() && isJar(dependency)) {
                    imports.addArchive(file.toPath());
                }
            }
            return imports;
        } catch (IOException | RuntimeException e) {
            imports.close();
            throw e;
        }
    }

    /** Where to look, in the order of the dependencies. */
    List<Path> folders() {
        return List.copyOf(folders);
    }

    @Override
    public void close() throws IOException {
        for (FileSystem archive : archives) {
            archive.close();
        }
    }

    private static boolean isJar(Artifact artifact) {
        return artifact.getArtifactHandler().isAddedToClasspath();
    }

    private boolean addFolder(Path folder) {
        return Files.isDirectory(folder) && folders.add(folder);
    }

    private void addArchive(Path file) throws IOException {
        FileSystem archive;
        try {
            archive = FileSystems.newFileSystem(file);
        } catch (IOException | RuntimeException e) {
            throw new IOException("the dependency " + file + " is no readable archive: " + e.getMessage(), e);
        }
        if (addFolder(archive.getPath("/").resolve(FOLDER))) {
            archives.add(archive);
        } else {
            archive.close();
        }
    }
}
