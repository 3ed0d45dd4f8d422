// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.differential;

/** What one CPU has of an instance. */
record Slot(Instance instance, int cpu) {
    @Override
    public String toString() {
        return instance + " of CPU " + cpu;
    }
}
