// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.java.forms;

import com.palantir.javapoet.CodeBlock;
import dev.opvc.compiler.vector.Place;
import dev.opvc.compiler.vector.Prepared;

/** How a form of a query comes by one state of a CPU's slots. */
interface CpuState {
    /** Runs code that works with what has been read of the slots of the CPU, in one state. */
    CodeBlock around(CodeBlock code);

    /** Where such code finds a place of a slot. */
    CodeBlock address(Place place);

    /**
     * Has a value read.
     *
     * @param value reads it
     * @return what such code does for it
     */
    CodeBlock read(Prepared prepared, CodeBlock value);
}
