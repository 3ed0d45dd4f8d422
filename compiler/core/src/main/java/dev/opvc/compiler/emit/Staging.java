// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributeView;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** New contents that wait beside their targets, and what it takes to go back. */
final class Staging {
    /** Puts a staged file in its target's place. */
    interface Rename {
        void rename(Path from, Path to) throws IOException;
    }

    static final Rename ATOMIC_RENAME = (from, to) -> Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);

    /**
     * A file that waits.
     *
     * @param previous what was in its target's place, or null if nothing was
     */
    record Staged(Path waiting, Path target, @Nullable Previous previous) {}

    /** A file as it was before. */
    private static final class Previous {
        private final byte[] content;
        private final FileTime modified;

        Previous(Path file) throws IOException {
            content = Files.readAllBytes(file);
            modified = Files.getLastModifiedTime(file);
        }
    }

    private final Rename rename;
    private final List<Staged> staged = new ArrayList<>();
    private final Deque<Path> newFolders = new ArrayDeque<>();
    private final Deque<Path> waiting = new ArrayDeque<>();
    private final Deque<Staged> committed = new ArrayDeque<>();

    Staging(Rename rename) {
        this.rename = rename;
    }

    /** What was staged, in order. */
    List<Staged> staged() {
        return List.copyOf(staged);
    }

    /** Writes a target's new content beside it, unless it has that content already. */
    void stage(Path target, byte[] content) throws IOException {
        Previous previous = Files.exists(target, LinkOption.NOFOLLOW_LINKS) ? new Previous(target) : null;
        if (previous != null && Arrays.equals(previous.content, content)) {
            return;
        }
        Path parent = target.getParent();
        if (parent != null) {
            createFolders(parent);
        }
        staged.add(new Staged(writeBeside(target, content), target, previous));
    }

    void commit(Staged file) throws IOException {
        rename.rename(file.waiting(), file.target());
        waiting.remove(file.waiting());
        committed.push(file);
    }

    /** Makes everything as it was, as far as that can be done. Returns the files that are not. */
    List<Path> rollBack() {
        List<Path> changed = new ArrayList<>();
        for (Staged file : committed) {
            try {
                restore(file);
            } catch (IOException e) {
                changed.add(file.target());
            }
        }
        waiting.forEach(Staging::deleteQuietly);
        newFolders.forEach(Staging::deleteQuietly);
        return changed;
    }

    private void restore(Staged file) throws IOException {
        Previous previous = file.previous();
        if (previous == null) {
            Files.delete(file.target());
        } else {
            rename.rename(writeBeside(file.target(), previous.content), file.target());
            Files.setLastModifiedTime(file.target(), previous.modified);
        }
    }

    /** Creates a folder and those above it, and remembers which are new, innermost first. */
    private void createFolders(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            return;
        }
        Path parent = folder.getParent();
        if (parent != null) {
            createFolders(parent);
        }
        Files.createDirectory(folder);
        newFolders.push(folder);
    }

    /** The temporary file gets the permissions of the file that it replaces, or those that any new file gets. */
    private Path writeBeside(Path target, byte[] content) throws IOException {
        Path file = target.resolveSibling(".opvc-" + UUID.randomUUID() + ".tmp");
        waiting.push(file);
        Files.write(file, content, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
        if (view != null && Files.exists(target)) {
            view.setPermissions(Files.getPosixFilePermissions(target));
        }
        return file;
    }

    private static void deleteQuietly(Path path) {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            // Nothing is lost if it stays, and the reason for going back has been told.
            return;
        }
    }
}
