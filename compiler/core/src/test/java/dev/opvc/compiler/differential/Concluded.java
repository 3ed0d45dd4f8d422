// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.differential;

import java.io.Serial;

/** A transaction ends before its last statement. */
final class Concluded extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    private final transient Ending ending;

    Concluded(Ending ending) {
        super(ending.toString(), null, false, false);
        this.ending = ending;
    }

    static Concluded error(Ending.Kind kind) {
        return new Concluded(Ending.error(kind));
    }

    Ending ending() {
        return ending;
    }
}
