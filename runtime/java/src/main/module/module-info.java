// SPDX-License-Identifier: Apache-2.0
/** Executes operation vectors on per-CPU memory. Modules of generated code require it. */
module dev.opvc.runtime {
    exports dev.opvc.runtime;

    // sun.misc.Unsafe, which Java 22 and later do without.
    requires jdk.unsupported;
    // Reaches libc, which Java 22 and later do without.
    requires com.sun.jna;

    requires static org.jspecify;
}
