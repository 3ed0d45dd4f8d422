// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit;

import dev.opvc.compiler.diagnostic.Diagnostics;
import dev.opvc.compiler.vector.VectorProgram;
import java.util.List;

/** Makes source for one target. The same input gives the same bytes. */
public interface Emitter {
    /**
     * Reports why there can be no files for the programs of a run, such as names that the target cannot tell apart. It
     * makes no source beyond what it takes to know that.
     */
    void check(List<VectorProgram> programs, Diagnostics diagnostics);

    /** The files for a program in which {@link #check} finds no errors. */
    List<OutputFile> emit(VectorProgram program);
}
