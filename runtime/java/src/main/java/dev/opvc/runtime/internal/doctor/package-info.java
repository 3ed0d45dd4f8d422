// SPDX-License-Identifier: Apache-2.0
/** What the machine and the JVM offer, for {@link dev.opvc.runtime.Doctor}. */
@NullMarked
package dev.opvc.runtime.internal.doctor;

import org.jspecify.annotations.NullMarked;
