// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.format;

import java.nio.file.Path;

/**
 * A file and its text in the one formatting.
 *
 * @param path as the user named it
 * @param text what the file is to hold, as UTF-8
 * @param changed whether it holds something else now
 */
public record FormattedFile(Path path, String text, boolean changed) {}
