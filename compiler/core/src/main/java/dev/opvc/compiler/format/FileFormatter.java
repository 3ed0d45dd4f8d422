// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.format;

import dev.opvc.compiler.diagnostic.Diagnostic;
import dev.opvc.compiler.diagnostic.DiagnosticCode;
import dev.opvc.compiler.diagnostic.Diagnostics;
import dev.opvc.compiler.emit.OutputFile;
import dev.opvc.compiler.emit.OutputWriter;
import dev.opvc.compiler.emit.OutputWriter.Output;
import dev.opvc.compiler.module.SourceReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Formats files in place. */
public final class FileFormatter {
    private FileFormatter() {}

    /**
     * Reads a file and formats its text. A byte order mark is not part of the formatting.
     *
     * @param diagnostics gets what is wrong with the file; holds no errors yet
     * @return nothing if the file cannot be read or does not parse
     */
    public static Optional<FormattedFile> format(Path file, Diagnostics diagnostics) {
        return SourceReader.readText(file, diagnostics)
                .flatMap(written -> Formatter.format(SourceReader.withoutMark(file, written), diagnostics)
                        .map(text -> new FormattedFile(file, text, !text.equals(written))));
    }

    /**
     * Writes those that are changed: all of them or none, as {@link OutputWriter} does. Where a path is a symbolic link,
     * the file that it leads to is written, and the link stays.
     *
     * @return whether all are written; if not, the reasons are reported and nothing has changed
     */
    public static boolean write(List<FormattedFile> files, Diagnostics diagnostics) {
        List<Output> outputs = new ArrayList<>();
        for (FormattedFile file : files) {
            if (file.changed()) {
                output(file, diagnostics).ifPresent(outputs::add);
            }
        }
        return !diagnostics.hasErrors() && OutputWriter.write(outputs, source -> true, diagnostics);
    }

    private static Optional<Output> output(FormattedFile file, Diagnostics diagnostics) {
        Path path = file.path();
        try {
            Path target = Files.isSymbolicLink(path) ? path.toRealPath() : path;
            OutputFile output = new OutputFile(target.getFileName().toString(), file.text());
            return Optional.of(new Output(target.resolveSibling(""), List.of(output)));
        } catch (IOException e) {
            diagnostics.report(Diagnostic.of(
                    path.toString(),
                    DiagnosticCode.OUTPUT_UNWRITABLE,
                    "cannot be written: the symbolic link leads nowhere: " + e.getMessage()));
            return Optional.empty();
        }
    }
}
