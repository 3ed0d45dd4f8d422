// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.java;

import dev.opvc.compiler.diagnostic.Diagnostics;
import dev.opvc.compiler.emit.Emitter;
import dev.opvc.compiler.emit.OutputFile;
import dev.opvc.compiler.vector.VectorProgram;
import java.util.List;

/** Makes Java source. */
public final class JavaEmitter implements Emitter {
    @Override
    public List<OutputFile> emit(VectorProgram program, Diagnostics diagnostics) {
        return List.of();
    }
}
