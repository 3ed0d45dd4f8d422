// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit;

import dev.opvc.compiler.diagnostic.Diagnostic;
import dev.opvc.compiler.diagnostic.DiagnosticCode;
import dev.opvc.compiler.diagnostic.Diagnostics;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Writes generated files: all of them, or none.
 *
 * <p>First everything is checked, then every new content is staged in a temporary file beside its target, and only then
 * is one renamed after the other. A file that already holds its content is left alone, with its time. If anything
 * fails, what was there before is there again: staged files and new folders are removed, and renamed files are put back.
 * A process that is killed between two renames leaves some files new and some old, never one of them half.
 *
 * <p>Nothing is written outside the output folders. An output folder may itself be a symbolic link; inside it, a folder
 * on the way to a target may be one only if it leads to a place inside, and a target must be a regular file or not
 * exist. A target that may not be written, because its permissions forbid it, is not replaced either, nor, unless that is
 * allowed, a file that opvc did not write.
 */
public final class OutputWriter {
    private static final Path WORKING_FOLDER = Path.of(".");
    private static final String LEADS_OUTSIDE = "a symbolic link on the way to it leads out of the output folder";
    private static final String NOT_PERMITTED = "its permissions forbid it";

    private OutputWriter() {}

    /**
     * What goes into one folder.
     *
     * @param folder where the paths of the files begin; it is created if it does not exist and there are files
     */
    public record Output(Path folder, List<OutputFile> files) {
        public Output {
            files = List.copyOf(files);
        }
    }

    /**
     * Writes files.
     *
     * @param mayReplace whether a file may be replaced that is in an output's place and has another content, though
     *     opvc does not seem to have written it
     * @return whether all are written; if not, each reason is reported as {@code OUTPUT_UNWRITABLE} or
     *     {@code OUTPUT_COLLISION}, and nothing has changed
     * @throws IllegalArgumentException if the path of a file leads out of its folder, which is the emitter's fault
     */
    public static boolean write(List<Output> outputs, Predicate<Path> mayReplace, Diagnostics diagnostics) {
        return write(outputs, mayReplace, diagnostics, Staging.ATOMIC_RENAME);
    }

    static boolean write(
            List<Output> outputs, Predicate<Path> mayReplace, Diagnostics diagnostics, Staging.Rename rename) {
        List<Target> targets = targets(outputs);
        Diagnostics problems = new Diagnostics();
        refuseCollisions(targets, problems);
        targets.forEach(target -> check(target, mayReplace, problems));
        if (!problems.hasErrors()) {
            commit(targets, rename, problems);
        }
        problems.sorted().forEach(diagnostics::report);
        return !problems.hasErrors();
    }

    /** A file to write: {@code path} is where, {@code folder} the output folder that it must stay in. */
    private record Target(Path folder, Path path, String content) {
        byte[] bytes() {
            return content.getBytes(StandardCharsets.UTF_8);
        }
    }

    private static List<Target> targets(List<Output> outputs) {
        List<Target> targets = new ArrayList<>();
        for (Output output : outputs) {
            for (OutputFile file : output.files()) {
                targets.add(new Target(output.folder(), inside(output.folder(), file.path()), file.content()));
            }
        }
        return targets;
    }

    private static Path inside(Path folder, String path) {
        Path relative = folder.getFileSystem().getPath(path);
        boolean leadsOutside = path.isEmpty() || relative.isAbsolute();
        for (Path part : relative) {
            leadsOutside |= part.toString().equals("..") || part.toString().equals(".");
        }
        if (leadsOutside) {
            throw new IllegalArgumentException("a generated file's path leads out of its folder: " + path);
        }
        return folder.resolve(relative);
    }

    /** Two folders may be one, or one inside the other, so files are compared by where they really are. */
    private static void refuseCollisions(List<Target> targets, Diagnostics problems) {
        Map<String, Target> byPlace = new HashMap<>();
        for (Target target : targets) {
            Target other = byPlace.putIfAbsent(
                    OutputPlaces.ignoringCase(realPath(target.path()).toString()), target);
            if (other != null) {
                problems.report(Diagnostic.of(
                                target.path().toString(),
                                DiagnosticCode.OUTPUT_COLLISION,
                                "two files would be generated in this place")
                        .help("give one of the two another name or package, or name another output folder"));
            }
        }
    }

    /** The path without symbolic links, as far as it exists. */
    private static Path realPath(Path path) {
        Path absolute = path.toAbsolutePath().normalize();
        Path parent = absolute.getParent();
        if (parent == null) {
            return absolute;
        }
        try {
            return absolute.toRealPath();
        } catch (IOException e) {
            return realPath(parent).resolve(absolute.getFileName());
        }
    }

    private static void check(Target target, Predicate<Path> mayReplace, Diagnostics problems) {
        Path path = target.path();
        Path existing = nearestExisting(path);
        if (!existing.equals(path)) {
            checkFolder(target, existing, problems);
        } else if (!Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
            unwritable(path, "what is already there is no regular file", problems);
        } else if (leavesFolder(target)) {
            unwritable(path, LEADS_OUTSIDE, problems);
        } else if (!Files.isWritable(path)) {
            unwritable(path, NOT_PERMITTED, problems);
        } else if (!mayReplace.test(path)) {
            checkContent(target, problems);
        }
    }

    private static void checkContent(Target target, Diagnostics problems) {
        Path path = target.path();
        try {
            boolean same = Files.size(path) == target.bytes().length
                    && Arrays.equals(Files.readAllBytes(path), target.bytes());
            if (!same && !GeneratedFile.mayBeReplaced(path)) {
                problems.report(Diagnostic.of(
                                path.toString(),
                                DiagnosticCode.OUTPUT_UNWRITABLE,
                                "cannot be written: opvc did not write what is there already")
                        .help("move it away, name another output folder, or allow it to be replaced"));
            }
        } catch (IOException e) {
            unwritable(path, reason(e), problems);
        }
    }

    private static void checkFolder(Target target, Path folder, Diagnostics problems) {
        if (!Files.isDirectory(folder)) {
            unwritable(folder, "files are to be generated below it, but it is no folder", problems);
        } else if (leavesFolder(target)) {
            unwritable(target.path(), LEADS_OUTSIDE, problems);
        } else if (!Files.isWritable(folder)) {
            unwritable(folder, NOT_PERMITTED, problems);
        }
    }

    /** The path itself, or the nearest folder above it that exists; a symbolic link that leads nowhere does exist. */
    private static Path nearestExisting(Path path) {
        Path candidate = path;
        while (!Files.exists(candidate, LinkOption.NOFOLLOW_LINKS)) {
            Path parent = candidate.getParent();
            candidate = parent == null ? WORKING_FOLDER : parent;
        }
        return candidate;
    }

    private static boolean leavesFolder(Target target) {
        return !realPath(target.path()).startsWith(realPath(target.folder()));
    }

    private static void commit(List<Target> targets, Staging.Rename rename, Diagnostics problems) {
        Staging staging = new Staging(rename);
        Path current = WORKING_FOLDER;
        try {
            for (Target target : targets) {
                current = target.path();
                staging.stage(target.path(), target.bytes());
            }
            for (Staging.Staged staged : staging.staged()) {
                current = staged.target();
                staging.commit(staged);
            }
        } catch (IOException e) {
            unwritable(current, reason(e), problems);
            staging.rollBack()
                    .forEach(path -> unwritable(path, "it could not be put back to what it was either", problems));
        }
    }

    /** A file system's exceptions name the reason apart from the file, or only by what they are. */
    private static String reason(IOException e) {
        if (e instanceof FileSystemException inFileSystem && inFileSystem.getReason() != null) {
            return inFileSystem.getReason();
        }
        return e instanceof AccessDeniedException ? NOT_PERMITTED : e.toString();
    }

    private static void unwritable(Path path, String reason, Diagnostics problems) {
        problems.report(
                Diagnostic.of(path.toString(), DiagnosticCode.OUTPUT_UNWRITABLE, "cannot be written: " + reason));
    }
}
