// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler;

import dev.opvc.compiler.diagnostic.Diagnostic;
import dev.opvc.compiler.diagnostic.Severity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A program that compiles each file of a folder for all targets, and prints its name and the codes of its errors. */
final class LittleMemory {
    private LittleMemory() {}

    public static void main(String[] arguments) throws IOException {
        try (Stream<Path> files = Files.list(Path.of(arguments[0]))) {
            for (Path file : new TreeSet<>(files.toList())) {
                System.out.println(file.getFileName() + ":" + errors(file));
            }
        }
    }

    private static String errors(Path file) {
        CompileRequest request = new CompileRequest(List.of(file), List.of(file.getParent()));
        return Compiler.compile(request).diagnostics().stream()
                .filter(diagnostic -> diagnostic.severity() == Severity.ERROR)
                .map(Diagnostic::code)
                .map(code -> " " + code.text())
                .distinct()
                .collect(Collectors.joining());
    }
}
