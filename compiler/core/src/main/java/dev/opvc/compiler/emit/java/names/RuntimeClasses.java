// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.java.names;

import com.palantir.javapoet.ClassName;
import java.lang.invoke.VarHandle;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Objects;
import java.util.Set;

/** The classes of the runtime that generated code uses. */
public final class RuntimeClasses {
    private static final String PACKAGE = "dev.opvc.runtime";

    public static final ClassName ARITHMETIC = ClassName.get(PACKAGE, "Arithmetic");
    public static final ClassName CPU_EXCLUSION = ClassName.get(PACKAGE, "CpuExclusion");
    public static final ClassName CPUS = ClassName.get(PACKAGE, "Cpus");
    public static final ClassName FORMS = ClassName.get(PACKAGE, "Forms");
    public static final ClassName MEMORY = ClassName.get(PACKAGE, "Memory");
    public static final ClassName MEMORY_FAULT = ClassName.get(PACKAGE, "MemoryFaultException");
    public static final ClassName OP_VECTOR = ClassName.get(PACKAGE, "OpVector");
    public static final ClassName PER_CPU_MEMORY = ClassName.get(PACKAGE, "PerCpuMemory");
    public static final ClassName RUNTIME_VERSION = ClassName.get(PACKAGE, "RuntimeVersion");

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
            RUNTIME_VERSION,
            ClassName.get(Arrays.class),
            ClassName.get(BigInteger.class),
            ClassName.get(Objects.class),
            ClassName.get(VarHandle.class));

    private RuntimeClasses() {}
}
