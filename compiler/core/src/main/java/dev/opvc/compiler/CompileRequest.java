// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What to compile.
 *
 * @param files the files to compile, each named as diagnostics shall name it
 * @param importFolders where an import is looked for that is not beside the file that names it, in order
 * @param targets what to compile for: what only another target would refuse, a name for instance, is no error
 * @param checkOnly whether only diagnostics are wanted: the result then has no outputs
 */
public record CompileRequest(List<Path> files, List<Path> importFolders, Set<Target> targets, boolean checkOnly) {
    public CompileRequest {
        files = List.copyOf(files);
        importFolders = List.copyOf(importFolders);
        targets = Set.copyOf(targets);
    }

    /** For source. */
    public CompileRequest(List<Path> files, List<Path> importFolders, Set<Target> targets) {
        this(files, importFolders, targets, false);
    }

    /** For source for all targets. */
    public CompileRequest(List<Path> files, List<Path> importFolders) {
        this(files, importFolders, EnumSet.allOf(Target.class));
    }
}
