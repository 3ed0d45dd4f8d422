// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.java.forms;

import com.palantir.javapoet.CodeBlock;
import dev.opvc.compiler.emit.FormWriter;

/** A writer of a form whose code can be had at any time. */
interface StepsWriter<P> extends FormWriter<P> {
    /** What has been rendered so far. */
    CodeBlock code();
}
