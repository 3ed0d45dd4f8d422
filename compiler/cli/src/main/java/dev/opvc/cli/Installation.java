// SPDX-License-Identifier: Apache-2.0
package dev.opvc.cli;

import java.util.Optional;

/** What the launcher says of where it stands. Whoever starts the jar by itself has none of it. */
final class Installation {
    private static final String BY_ITSELF = "unknown: the jar was started by itself; call the program `opvc`";

    private Installation() {}

    /** The folder with the C runtime's headers. */
    static String headers() {
        return property("opvc.headers")
                .orElseThrow(() -> new CallError("where the C runtime's headers are is " + BY_ITSELF));
    }

    /** The Java runtime's jar, whose manifest names what it needs. */
    static String runtime() {
        return property("opvc.runtime").orElseThrow(() -> new CallError("where the Java runtime is is " + BY_ITSELF));
    }

    /** How to call this program from anywhere. */
    static String program() {
        return property("opvc.program").orElse("opvc");
    }

    private static Optional<String> property(String name) {
        return Optional.ofNullable(System.getProperty(name)).filter(value -> !value.isEmpty());
    }
}
