// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.module;

import dev.opvc.compiler.ast.SourceUnit;
import dev.opvc.compiler.ast.SourceUnit.ImportDeclaration;
import dev.opvc.compiler.diagnostic.Diagnostic;
import dev.opvc.compiler.diagnostic.DiagnosticCode;
import dev.opvc.compiler.diagnostic.Diagnostics;
import dev.opvc.compiler.module.Module.Import;
import dev.opvc.compiler.parse.Parser;
import dev.opvc.compiler.source.ContentDigest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Loads files with all that they import, each file once. */
public final class ModuleLoader {
    /** How many files an import may be away from the file that is compiled. */
    public static final int IMPORT_DEPTH_MAX = 64;

    /** An import path leads down from a folder, in portable characters, so that every target can name what it makes. */
    private static final Pattern IMPORT_PATH = Pattern.compile("([A-Za-z0-9_-]+/)*[A-Za-z0-9_-]+\\.opv");

    /** No path that is meant is longer, and matching one of any length would take a stack of any depth. */
    private static final int IMPORT_PATH_LENGTH_MAX = 1_000;

    private static final Pattern FILE_NAME = Pattern.compile("[A-Za-z0-9_-]+\\.opv");

    private final List<Path> importFolders;
    private final Diagnostics diagnostics;
    private final Map<Path, Optional<Module>> loaded = new HashMap<>();
    private final Deque<Path> loading = new ArrayDeque<>();
    private final Inputs inputs = new Inputs();

    public ModuleLoader(List<Path> importFolders, Diagnostics diagnostics) {
        this.importFolders = List.copyOf(importFolders);
        this.diagnostics = diagnostics;
    }

    /** Loads a file that the user named, or reports why it cannot be. */
    public Optional<Module> load(Path file) {
        String name = file.getFileName() == null ? "" : file.getFileName().toString();
        if (!FILE_NAME.matcher(name).matches()) {
            diagnostics.report(Diagnostic.of(
                            file.toString(), DiagnosticCode.FILE_NAME, "the name of a source file must end in `.opv`")
                    .help("before that, use letters, digits, `_` and `-`: targets take their names from it"));
            return Optional.empty();
        }
        String path = modulePath(file, name);
        // Another file may have imported it before, by another path.
        return loadOnce(file, path).map(module -> new Module(module.unit(), path, module.imports()));
    }

    /** What the outcome depended on so far; see {@link dev.opvc.compiler.CompileResult.Success#inputs()}. */
    public Map<Path, ContentDigest> inputs() {
        return inputs.digests();
    }

    /** A file below an import folder is known by its path from there; any other by its own name. */
    private String modulePath(Path file, String name) {
        Path absolute = file.toAbsolutePath().normalize();
        for (Path folder : importFolders) {
            Path absoluteFolder = folder.toAbsolutePath().normalize();
            if (absolute.startsWith(absoluteFolder)) {
                String path = absoluteFolder.relativize(absolute).toString().replace('\\', '/');
                if (IMPORT_PATH.matcher(path).matches()) {
                    return path;
                }
            }
        }
        return name;
    }

    private Optional<Module> loadOnce(Path file, String path) {
        Path key = key(file);
        Optional<Module> known = loaded.get(key);
        if (known != null) {
            inputs.readAgain(file, key);
            return known;
        }
        loading.push(key);
        Optional<Module> module = SourceReader.read(file, digest -> inputs.read(file, key, digest), diagnostics)
                .map(source -> {
                    SourceUnit unit = Parser.parse(source, diagnostics);
                    return new Module(unit, path, imports(unit, file));
                });
        loading.pop();
        loaded.put(key, module);
        return module;
    }

    /** One file may be reached by several paths, also by way of links. One that cannot be reached is what it is called. */
    private static Path key(Path file) {
        try {
            return file.toRealPath();
        } catch (IOException e) {
            return file.toAbsolutePath().normalize();
        }
    }

    private List<Import> imports(SourceUnit unit, Path importer) {
        List<Import> found = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (ImportDeclaration declaration : unit.imports()) {
            if (!seen.add(declaration.path())) {
                diagnostics.report(Diagnostic.at(
                                declaration.span(),
                                DiagnosticCode.DUPLICATE_NAME,
                                "`" + declaration.path() + "` is imported twice")
                        .help("remove one of the two"));
                continue;
            }
            load(declaration, importer)
                    .ifPresent(module -> found.add(new Import(declaration.path(), declaration.span(), module)));
        }
        return found;
    }

    private Optional<Module> load(ImportDeclaration declaration, Path importer) {
        String path = declaration.path();
        if (path.length() > IMPORT_PATH_LENGTH_MAX || !IMPORT_PATH.matcher(path).matches()) {
            diagnostics.report(Diagnostic.at(
                            declaration.span(),
                            DiagnosticCode.IMPORT_NOT_FOUND,
                            declaration.span().excerpt() + " is no path that can be imported")
                    .help("write a relative path that ends in `.opv`, with `/` between folders and without `..`"));
            return Optional.empty();
        }
        Optional<Path> file = find(declaration.path(), importer);
        if (file.isEmpty()) {
            diagnostics.report(Diagnostic.at(
                            declaration.span(),
                            DiagnosticCode.IMPORT_NOT_FOUND,
                            "`" + declaration.path() + "` is neither beside this file nor in an import folder")
                    .help("name its folder with `-I`"));
            return Optional.empty();
        }
        if (loading.contains(key(file.get()))) {
            diagnostics.report(Diagnostic.at(
                            declaration.span(),
                            DiagnosticCode.IMPORT_CYCLE,
                            "importing `" + declaration.path() + "` leads back to this file")
                    .help("move what both need into a third file"));
            return Optional.empty();
        }
        if (loading.size() >= IMPORT_DEPTH_MAX) {
            diagnostics.report(Diagnostic.at(
                    declaration.span(),
                    DiagnosticCode.NESTED_TOO_DEEP,
                    "imports lead deeper than " + IMPORT_DEPTH_MAX + " files"));
            return Optional.empty();
        }
        return loadOnce(file.get(), declaration.path());
    }

    private Optional<Path> find(String path, Path importer) {
        List<Path> candidates = new ArrayList<>();
        candidates.add(importer.resolveSibling(path));
        importFolders.forEach(folder -> candidates.add(folder.resolve(path)));
        try {
            Optional<Path> found = candidates.stream().filter(Files::exists).findFirst();
            candidates.stream()
                    .takeWhile(each -> !each.equals(found.orElse(null)))
                    .forEach(inputs::absent);
            return found;
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }
}
