// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler;

import dev.opvc.compiler.diagnostic.Diagnostic;
import dev.opvc.compiler.emit.OutputFile;
import dev.opvc.compiler.source.ContentDigest;
import dev.opvc.compiler.vector.VectorProgram;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** What became of a compilation: output for all files, or none. */
public sealed interface CompileResult {
    /** Everything to tell the user, in source order: warnings only, where it succeeded. */
    List<Diagnostic> diagnostics();

    /**
     * All files are right.
     *
     * @param programs each file, lowered, in the order in which they were named
     * @param outputs for each target the files to write
     * @param inputs what the outcome depended on besides the request: every file that was read, imports included, by
     *     its absolute path, and every place where an import was looked for in vain, as
     *     {@link ContentDigest#ABSENT}. As long as all of them are the same, so is the outcome
     */
    record Success(
            List<VectorProgram> programs,
            Map<Target, List<OutputFile>> outputs,
            List<Diagnostic> diagnostics,
            Map<Path, ContentDigest> inputs)
            implements CompileResult {
        public Success {
            programs = List.copyOf(programs);
            outputs = Map.copyOf(outputs);
            diagnostics = List.copyOf(diagnostics);
            inputs = Map.copyOf(inputs);
        }
    }

    /** A file is wrong or cannot be read. */
    record Failure(List<Diagnostic> diagnostics) implements CompileResult {
        public Failure {
            diagnostics = List.copyOf(diagnostics);
        }
    }
}
