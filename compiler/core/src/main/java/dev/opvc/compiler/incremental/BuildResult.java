// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.incremental;

import dev.opvc.compiler.diagnostic.Diagnostic;
import java.util.List;

/**
 * What became of a build.
 *
 * @param diagnostics everything to tell the user
 */
public record BuildResult(Status status, List<Diagnostic> diagnostics) {
    public BuildResult {
        diagnostics = List.copyOf(diagnostics);
    }

    /** How a build ended. */
    public enum Status {
        /** Nothing has changed since the last build, and nothing was done. */
        UP_TO_DATE,
        /** The output folders are in step with the sources. Only files whose content changed were written. */
        BUILT,
        /** The sources are wrong. The output folders are as they were. */
        REJECTED,
        /** The sources are right, but something could not be written. The output folders are as they were. */
        UNWRITABLE
    }
}
