// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.c.forms;

import dev.opvc.compiler.emit.c.text.CText;
import java.util.List;

/** A form of a unit that holds nothing, on the CPU that the caller is on. */
interface OptimisticForm {
    /** Writes its function, behind those that it needs. */
    void write(CText text);

    /** Whether it is so short that a call would cost as much: then it stands inline wherever it is called. */
    boolean isShort();

    /** Writes the head of a function that calls it, or of its own. */
    default void writeHead(CText text, String head, List<String> parameters) {
        if (isShort()) {
            text.inlineFunction(head, parameters);
        } else {
            text.function(head, parameters);
        }
    }
}
