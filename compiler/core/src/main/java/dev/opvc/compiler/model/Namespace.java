// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.model;

/**
 * What tells the names of a file's definitions from those of other files.
 *
 * @param packageName in Java, with dots; empty if the file names none
 * @param prefix in C, without the underscore behind it; empty if the file names none
 */
public record Namespace(String packageName, String prefix) {
    /** Of a file that says nothing about it. */
    public static final Namespace NONE = new Namespace("", "");
}
