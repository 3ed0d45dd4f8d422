// SPDX-License-Identifier: Apache-2.0
/** Makes the distribution's documentation when it is built; it is not part of it. */
@NullMarked
package dev.opvc.dist;

import org.jspecify.annotations.NullMarked;
