// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.java.forms;

import com.palantir.javapoet.CodeBlock;
import dev.opvc.compiler.vector.Place;

/** How a form of a query comes by one state of a CPU's slots. */
interface CpuState {
    /** Declares what is needed on every CPU. */
    CodeBlock declare();

    /** Runs code that reads the slots of the CPU in one state. */
    CodeBlock around(CodeBlock code);

    /** Where such code finds a place of a slot. */
    CodeBlock address(Place place);
}
