// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.java;

import com.palantir.javapoet.ClassName;
import java.lang.invoke.VarHandle;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Objects;
import java.util.Set;

/** The classes of the runtime that generated code uses. */
final class RuntimeClasses {
    private static final String PACKAGE = "dev.opvc.runtime";

    static final ClassName ARITHMETIC = ClassName.get(PACKAGE, "Arithmetic");
    static final ClassName CPU_EXCLUSION = ClassName.get(PACKAGE, "CpuExclusion");
    static final ClassName CPUS = ClassName.get(PACKAGE, "Cpus");
    static final ClassName FORMS = ClassName.get(PACKAGE, "Forms");
    static final ClassName MEMORY = ClassName.get(PACKAGE, "Memory");
    static final ClassName MEMORY_FAULT = ClassName.get(PACKAGE, "MemoryFaultException");
    static final ClassName OP_VECTOR = ClassName.get(PACKAGE, "OpVector");
    static final ClassName PER_CPU_MEMORY = ClassName.get(PACKAGE, "PerCpuMemory");

    /** All classes outside {@code java.lang} that generated code names by themselves. */
    static final Set<ClassName> ALL = Set.of(
            ARITHMETIC,
            CPU_EXCLUSION,
            CPUS,
            FORMS,
            MEMORY,
            MEMORY_FAULT,
            OP_VECTOR,
            PER_CPU_MEMORY,
            ClassName.get(Arrays.class),
            ClassName.get(BigInteger.class),
            ClassName.get(Objects.class),
            ClassName.get(VarHandle.class));

    private RuntimeClasses() {}
}
