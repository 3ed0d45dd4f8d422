// SPDX-License-Identifier: Apache-2.0
/**
 * The machine below: raw memory ({@link dev.opvc.runtime.internal.os.RawMemory}) and the C library
 * ({@link dev.opvc.runtime.internal.os.Libc}). The Java 22 layer of the jar replaces exactly these two classes.
 */
@NullMarked
package dev.opvc.runtime.internal.os;

import org.jspecify.annotations.NullMarked;
