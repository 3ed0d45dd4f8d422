// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.c.forms;

import dev.opvc.compiler.emit.c.text.CText;

/** A form of a unit: one way in which functions do its work on one CPU. */
interface UnitForm {
    /** The function that does it, whose parameters are those of {@link UnitSignature#onCpu()}. */
    String function();

    /** Writes that function, behind those that it needs. */
    void write(CText text);
}
