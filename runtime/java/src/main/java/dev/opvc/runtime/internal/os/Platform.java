// SPDX-License-Identifier: Apache-2.0
package dev.opvc.runtime.internal.os;

/** Where the runtime works: a 64-bit JVM on Linux. */
final class Platform {
    private static final String DATA_MODEL = "sun.arch.data.model";

    private Platform() {}

    /** Ends the loading of the caller with a clear message where the runtime cannot work. */
    static void require() {
        String system = System.getProperty("os.name", "");
        String bits = System.getProperty(DATA_MODEL, "64");
        if (!system.equals("Linux") || !bits.equals("64")) {
            throw new LinkageError("opvc needs a 64-bit JVM on Linux; this is a " + bits + "-bit JVM on " + system);
        }
    }
}
