// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.c;

import dev.opvc.compiler.diagnostic.Diagnostics;
import dev.opvc.compiler.emit.Emitter;
import dev.opvc.compiler.emit.OutputFile;
import dev.opvc.compiler.emit.c.names.CNames;
import dev.opvc.compiler.vector.VectorProgram;
import java.util.List;

/** Makes C headers, one for each file, which are C11 with GNU extensions and C++17 alike. */
public final class CEmitter implements Emitter {
    @Override
    public void check(List<VectorProgram> programs, Diagnostics diagnostics) {
        RunNames names = new RunNames(diagnostics);
        programs.forEach(program -> names.add(HeaderNames.check(program, diagnostics)));
    }

    @Override
    public List<OutputFile> emit(VectorProgram program) {
        HeaderNames names = HeaderNames.check(program, new Diagnostics());
        return List.of(new OutputFile(CNames.header(program.path()), HeaderWriter.write(program, names)));
    }
}
