// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.c;

import java.util.List;

/** A compiler with the language that it is told to read: each must take a generated header without a word. */
enum Dialect {
    GCC_GNU11("gcc", "c", "gnu11"),
    GCC_C11("gcc", "c", "c11"),
    CLANG_GNU11("clang", "c", "gnu11"),
    CLANG_C11("clang", "c", "c11"),
    GXX_CXX17("g++", "c++", "c++17"),
    CLANGXX_CXX17("clang++", "c++", "c++17");

    private final String command;
    private final String language;
    private final String standard;

    Dialect(String command, String language, String standard) {
        this.command = command;
        this.language = language;
        this.standard = standard;
    }

    String command() {
        return command;
    }

    /** The command line up to the first file. */
    List<String> arguments() {
        return List.of(
                command,
                "-x",
                language,
                "-std=" + standard,
                "-pedantic",
                "-Wall",
                "-Wextra",
                "-Wconversion",
                "-Wshadow",
                "-Wcomment",
                "-Werror");
    }
}
