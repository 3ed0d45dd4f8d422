// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.java.names;

import java.util.Set;
import javax.lang.model.SourceVersion;

/** Names that mean something to Java, or to generated classes. What would have one of them gets a trailing {@code _}. */
public final class ReservedNames {
    /** The nested class with the accessors of a slot. */
    public static final String SLOT_CLASS = "Slot";

    /** The field of a per-CPU class with its memory, and the method that tells it to others. */
    public static final String MEMORY = "memory";

    /** How the transaction ended, in a holder of its results: an enumeration, or whether it committed. */
    public static final String OUTCOME = "outcome";

    public static final String COMMITTED = "committed";

    private static final SourceVersion TARGET = SourceVersion.RELEASE_17;

    /** A statement that begins with this word and a parenthesis is not a call. */
    private static final String YIELD = "yield";

    private static final Set<String> METHODS_OF_OBJECT =
            Set.of("clone", "equals", "finalize", "getClass", "hashCode", "notify", "notifyAll", "toString", "wait");

    private static final Set<String> METHODS_OF_PER_CPU_CLASSES = Set.of("allocate", "close", "memory", "slot");

    /** A package that begins so belongs to the platform. */
    private static final String PLATFORM_PACKAGE = "java";

    /**
     * The public types of {@code java.lang} in Java 17. A class with such a name would hide the platform's from
     * everything else in its package, the user's own classes included.
     */
    private static final Set<String> TYPES_OF_JAVA_LANG = Set.of(
            "AbstractMethodError",
            "Appendable",
            "ArithmeticException",
            "ArrayIndexOutOfBoundsException",
            "ArrayStoreException",
            "AssertionError",
            "AutoCloseable",
            "Boolean",
            "BootstrapMethodError",
            "Byte",
            "CharSequence",
            "Character",
            "Class",
            "ClassCastException",
            "ClassCircularityError",
            "ClassFormatError",
            "ClassLoader",
            "ClassNotFoundException",
            "ClassValue",
            "CloneNotSupportedException",
            "Cloneable",
            "Comparable",
            "Compiler",
            "Deprecated",
            "Double",
            "Enum",
            "EnumConstantNotPresentException",
            "Error",
            "Exception",
            "ExceptionInInitializerError",
            "Float",
            "FunctionalInterface",
            "IllegalAccessError",
            "IllegalAccessException",
            "IllegalArgumentException",
            "IllegalCallerException",
            "IllegalMonitorStateException",
            "IllegalStateException",
            "IllegalThreadStateException",
            "IncompatibleClassChangeError",
            "IndexOutOfBoundsException",
            "InheritableThreadLocal",
            "InstantiationError",
            "InstantiationException",
            "Integer",
            "InternalError",
            "InterruptedException",
            "Iterable",
            "LayerInstantiationException",
            "LinkageError",
            "Long",
            "Math",
            "Module",
            "ModuleLayer",
            "NegativeArraySizeException",
            "NoClassDefFoundError",
            "NoSuchFieldError",
            "NoSuchFieldException",
            "NoSuchMethodError",
            "NoSuchMethodException",
            "NullPointerException",
            "Number",
            "NumberFormatException",
            "Object",
            "OutOfMemoryError",
            "Override",
            "Package",
            "Process",
            "ProcessBuilder",
            "ProcessHandle",
            "Readable",
            "Record",
            "ReflectiveOperationException",
            "Runnable",
            "Runtime",
            "RuntimeException",
            "RuntimePermission",
            "SafeVarargs",
            "SecurityException",
            "SecurityManager",
            "Short",
            "StackOverflowError",
            "StackTraceElement",
            "StackWalker",
            "StrictMath",
            "String",
            "StringBuffer",
            "StringBuilder",
            "StringIndexOutOfBoundsException",
            "SuppressWarnings",
            "System",
            "Thread",
            "ThreadDeath",
            "ThreadGroup",
            "ThreadLocal",
            "Throwable",
            "TypeNotPresentException",
            "UnknownError",
            "UnsatisfiedLinkError",
            "UnsupportedClassVersionError",
            "UnsupportedOperationException",
            "VerifyError",
            "VirtualMachineError",
            "Void");

    private ReservedNames() {}

    static boolean isKeyword(String name) {
        return SourceVersion.isKeyword(name, TARGET);
    }

    static boolean isReservedAccessor(String name) {
        return isKeyword(name) || name.equals(YIELD) || METHODS_OF_OBJECT.contains(name);
    }

    static boolean isReservedUnit(String name) {
        return isReservedAccessor(name) || METHODS_OF_PER_CPU_CLASSES.contains(name);
    }

    /** Holders of results have these methods by themselves. */
    static boolean isReservedResult(String name) {
        return name.equals(OUTCOME) || name.equals(COMMITTED);
    }

    public static boolean isReservedType(String name) {
        return name.equals(SLOT_CLASS) || TYPES_OF_JAVA_LANG.contains(name);
    }

    static boolean isReservedPackagePart(String part, boolean first) {
        return isKeyword(part) || (first && part.equals(PLATFORM_PACKAGE));
    }
}
