// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit;

import dev.opvc.compiler.diagnostic.Diagnostics;
import dev.opvc.compiler.vector.VectorProgram;
import java.util.List;

/** Makes source for one target. The same input gives the same bytes. */
public interface Emitter {
    /**
     * Returns the files for a program, or reports why there can be none: names that the target cannot tell apart.
     * Where errors are reported the files returned mean nothing.
     */
    List<OutputFile> emit(VectorProgram program, Diagnostics diagnostics);
}
