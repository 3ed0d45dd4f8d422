// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit;

/**
 * A file to be written.
 *
 * @param path relative to the output folder, with {@code /} between its parts; it never leads outside
 * @param content the text, written as UTF-8
 */
public record OutputFile(String path, String content) {}
