// SPDX-License-Identifier: Apache-2.0
/** What everything in a header is called. */
@NullMarked
package dev.opvc.compiler.emit.c.names;

import org.jspecify.annotations.NullMarked;
