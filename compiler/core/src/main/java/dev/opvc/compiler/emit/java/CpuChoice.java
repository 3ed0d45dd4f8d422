// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.java;

/** Which CPUs a method works on. */
enum CpuChoice {
    /** The one that the calling thread probably runs on. */
    CURRENT,
    /** The one that the caller names. */
    NAMED,
    /** One after the other. */
    EVERY
}
