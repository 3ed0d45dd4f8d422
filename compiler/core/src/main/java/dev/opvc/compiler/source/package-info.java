// SPDX-License-Identifier: Apache-2.0
/** Source files and places in them. */
@NullMarked
package dev.opvc.compiler.source;

import org.jspecify.annotations.NullMarked;
