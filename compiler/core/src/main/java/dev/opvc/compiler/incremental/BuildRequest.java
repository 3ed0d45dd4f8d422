// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.incremental;

import dev.opvc.compiler.CompileRequest;
import dev.opvc.compiler.Target;
import java.nio.file.Path;
import java.util.Map;

/**
 * What to keep in step.
 *
 * @param base the project's folder; what lies below it is recorded relative to it, so that the project may be moved
 * @param record the file that remembers the last build; two builds that run at one time must not share it
 * @param compile all sources, which may be none, and where their imports are looked for
 * @param outputFolders where to write, for each target that is wanted
 * @param warningsAreErrors whether a warning fails the build
 * @param overwrites whether a file in an output's place is replaced even if neither opvc nor a recorded build wrote it
 */
public record BuildRequest(
        Path base,
        Path record,
        CompileRequest compile,
        Map<Target, Path> outputFolders,
        boolean warningsAreErrors,
        boolean overwrites) {
    public BuildRequest {
        base = base.toAbsolutePath().normalize();
        outputFolders = Map.copyOf(outputFolders);
    }
}
