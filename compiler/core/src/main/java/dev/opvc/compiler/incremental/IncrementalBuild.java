// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.incremental;

import dev.opvc.compiler.CompileResult;
import dev.opvc.compiler.Compiler;
import dev.opvc.compiler.CompilerVersion;
import dev.opvc.compiler.diagnostic.Diagnostics;
import dev.opvc.compiler.emit.OutputFile;
import dev.opvc.compiler.emit.OutputWriter;
import dev.opvc.compiler.emit.OutputWriter.Output;
import dev.opvc.compiler.incremental.BuildResult.Status;
import dev.opvc.compiler.source.ContentDigest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A build that does only what must be done.
 *
 * <p>The record of the last build holds digests of its sources, of everything that they import and of its outputs, and
 * the settings. If all are the same, over the names of both sides, nothing is done. Otherwise all sources are compiled:
 * the compiler is fast, and whether two files are at odds shows only when both are seen. What is written is only what
 * differs from what is there, so outputs that do not depend on a change keep their times. An output of the last build
 * that the new one does not have is removed, with the folders that it leaves empty.
 *
 * <p>A build that fails leaves outputs and record as the last good one left them.
 */
public final class IncrementalBuild {
    private final BuildRequest request;
    private final Keys keys;
    private final RecordFile recordFile;

    private IncrementalBuild(BuildRequest request) {
        this.request = request;
        this.keys = new Keys(request.base(), request.compile().importFolders());
        this.recordFile = new RecordFile(request.record());
    }

    /**
     * Brings the output folders in step with the sources.
     *
     * @throws IOException if the record cannot be read or written, or an output that is no longer made cannot be
     *     removed; the next build tries again
     */
    public static BuildResult run(BuildRequest request) throws IOException {
        return new IncrementalBuild(request).run();
    }

    private BuildResult run() throws IOException {
        Optional<BuildRecord> last = recordFile.read();
        if (last.isPresent() && isCurrent(last.get())) {
            return new BuildResult(Status.UP_TO_DATE, List.of());
        }
        CompileResult result = Compiler.compile(request.compile());
        boolean warned = !result.diagnostics().isEmpty();
        if (result instanceof CompileResult.Success success && !(warned && request.warningsAreErrors())) {
            return write(success, last.orElse(BuildRecord.EMPTY));
        }
        return new BuildResult(Status.REJECTED, result.diagnostics());
    }

    /** Compares what the record would say now with what it says. */
    private boolean isCurrent(BuildRecord last) {
        try {
            BuildRecord now = new BuildRecord(
                    settings(),
                    digests(sourceKeys()),
                    digests(last.imports().keySet()),
                    digests(last.outputs().keySet()),
                    false);
            return now.equals(last);
        } catch (IOException | InvalidPathException e) {
            // Whatever cannot be read now, the compiler says so better.
            return false;
        }
    }

    private Map<String, ContentDigest> digests(Collection<String> names) throws IOException {
        Map<String, ContentDigest> digests = new TreeMap<>();
        for (String name : names) {
            digests.put(name, ContentDigest.of(keys.path(name)));
        }
        return digests;
    }

    private Set<String> sourceKeys() {
        Set<String> names = new HashSet<>();
        request.compile().files().forEach(file -> names.add(keys.of(file)));
        return names;
    }

    private List<String> settings() {
        List<String> settings = new ArrayList<>();
        settings.add("version " + CompilerVersion.number());
        new TreeMap<>(request.outputFolders())
                .forEach((target, folder) -> settings.add("output " + target + " " + keys.of(folder)));
        request.compile().importFolders().forEach(folder -> settings.add("imports " + keys.of(folder)));
        settings.add("warnings are errors " + request.warningsAreErrors());
        return settings;
    }

    private BuildResult write(CompileResult.Success success, BuildRecord last) throws IOException {
        List<Output> outputs = outputs(success);
        BuildRecord next = record(success, outputs);
        boolean changed = !next.equals(last);
        if (changed) {
            recordFile.write(last.unfinished(next));
        }
        Diagnostics diagnostics = new Diagnostics();
        success.diagnostics().forEach(diagnostics::report);
        Predicate<Path> mayReplace =
                path -> request.overwrites() || last.outputs().containsKey(keys.of(path));
        if (!OutputWriter.write(outputs, mayReplace, diagnostics)) {
            keep(last);
            return new BuildResult(Status.UNWRITABLE, diagnostics.sorted());
        }
        removeStale(last, next);
        if (changed) {
            keep(next);
        }
        return new BuildResult(Status.BUILT, diagnostics.sorted());
    }

    private List<Output> outputs(CompileResult.Success success) {
        List<Output> outputs = new ArrayList<>();
        new TreeMap<>(request.outputFolders())
                .forEach((target, folder) ->
                        outputs.add(new Output(folder, success.outputs().getOrDefault(target, List.of()))));
        return outputs;
    }

    private BuildRecord record(CompileResult.Success success, List<Output> outputs) {
        Map<String, ContentDigest> sources = new TreeMap<>();
        Map<String, ContentDigest> imports = new TreeMap<>();
        Set<String> sourceKeys = sourceKeys();
        success.inputs().forEach((file, digest) -> {
            String key = keys.of(file);
            (sourceKeys.contains(key) ? sources : imports).put(key, digest);
        });
        Map<String, ContentDigest> written = new TreeMap<>();
        for (Output output : outputs) {
            for (OutputFile file : output.files()) {
                written.put(
                        keys.of(output.folder().resolve(file.path())),
                        ContentDigest.of(file.content().getBytes(StandardCharsets.UTF_8)));
            }
        }
        return new BuildRecord(
                settings(), sources, imports, written, !success.diagnostics().isEmpty());
    }

    /** A project without sources has no record, as if it never had any. */
    private void keep(BuildRecord record) throws IOException {
        if (record.sources().isEmpty() && record.outputs().isEmpty()) {
            recordFile.delete();
        } else {
            recordFile.write(record);
        }
    }

    private void removeStale(BuildRecord last, BuildRecord next) throws IOException {
        for (String key : last.outputs().keySet()) {
            if (!next.outputs().containsKey(key)) {
                Path file = keys.path(key);
                Files.deleteIfExists(file);
                removeEmptyFolders(file.getParent());
            }
        }
    }

    private void removeEmptyFolders(@Nullable Path innermost) throws IOException {
        Set<Path> kept = new HashSet<>();
        kept.add(request.base());
        request.outputFolders()
                .values()
                .forEach(folder -> kept.add(folder.toAbsolutePath().normalize()));
        Path folder = innermost;
        while (folder != null && !kept.contains(folder) && isEmptyFolder(folder)) {
            Files.delete(folder);
            folder = folder.getParent();
        }
    }

    private static boolean isEmptyFolder(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return false;
        }
        try (var entries = Files.newDirectoryStream(folder)) {
            return !entries.iterator().hasNext();
        }
    }
}
