// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler;

import java.nio.file.Path;
import java.util.List;

/**
 * What to compile.
 *
 * @param files the files to compile, each named as diagnostics shall name it
 * @param importFolders where an import is looked for that is not beside the file that names it, in order
 */
public record CompileRequest(List<Path> files, List<Path> importFolders) {
    public CompileRequest {
        files = List.copyOf(files);
        importFolders = List.copyOf(importFolders);
    }
}
