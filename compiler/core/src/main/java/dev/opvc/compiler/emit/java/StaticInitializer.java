// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.java;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.TypeSpec;
import dev.opvc.compiler.emit.java.names.JavaLayout;
import dev.opvc.compiler.emit.java.names.RuntimeClasses;
import dev.opvc.compiler.vector.LoweredUnit;
import dev.opvc.runtime.RuntimeVersion;
import java.util.List;

/** What a generated class does when it is initialised: sees that its runtime is not too old, before it calls any of it. */
final class StaticInitializer {
    private StaticInitializer() {}

    /** Adds it to a class that has all its methods, those of these units among them. */
    static void write(List<LoweredUnit> units, JavaLayout layout, TypeSpec.Builder type) {
        type.addStaticBlock(CodeBlock.builder()
                .addStatement("$T.require($L)", RuntimeClasses.RUNTIME_VERSION, RuntimeVersion.LEVEL)
                .add(UnderExclusion.preparation(units, layout))
                .build());
    }
}
