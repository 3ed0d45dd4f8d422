// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler;

import dev.opvc.compiler.emit.Emitter;
import dev.opvc.compiler.emit.c.CEmitter;
import dev.opvc.compiler.emit.java.JavaEmitter;

/** A language that OPV compiles into. */
public enum Target {
    JAVA,
    C;

    Emitter emitter() {
        return switch (this) {
            case JAVA -> new JavaEmitter();
            case C -> new CEmitter();
        };
    }
}
