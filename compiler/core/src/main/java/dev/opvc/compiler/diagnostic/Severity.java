// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.diagnostic;

/** How grave a diagnostic is. Only an error keeps output from being written. */
public enum Severity {
    ERROR("error"),
    WARNING("warning");

    private final String label;

    Severity(String label) {
        this.label = label;
    }

    /** The word that users read. */
    public String label() {
        return label;
    }
}
