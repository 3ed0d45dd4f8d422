// SPDX-License-Identifier: Apache-2.0
package dev.opvc.runtime;

/** Which runtime this is, and which generated code it serves. */
public final class RuntimeVersion {
    /**
     * The level of what generated code needs of the runtime. It rises by one with each release in which the compiler
     * begins to use something that earlier runtimes lack. A runtime serves code of every level up to its own.
     */
    public static final int LEVEL = 1;

    private RuntimeVersion() {}

    /**
     * Called by generated classes when they are loaded, with the level of the compiler that made them.
     *
     * @throws LinkageError if this runtime is too old for them; it says what to do
     */
    public static void require(int level) {
        if (level > LEVEL) {
            throw new LinkageError("this class was generated for a runtime of level " + level
                    + " or later, and opvc-runtime " + text() + " has level " + LEVEL
                    + "; use the opvc-runtime of the version of opvc that generated it, or a later one");
        }
    }

    /** The version of the jar, for instance {@code 0.1.0}; {@code unknown} where the runtime is not in a jar. */
    public static String text() {
        String version = RuntimeVersion.class.getPackage().getImplementationVersion();
        return version == null ? "unknown" : version;
    }
}
