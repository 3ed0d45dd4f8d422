// SPDX-License-Identifier: Apache-2.0
/** Tests that build projects as users would write them; they are below {@code src/it}. */
package dev.opvc.maven;
