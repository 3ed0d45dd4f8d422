// SPDX-License-Identifier: Apache-2.0
package dev.opvc.cli;

import dev.opvc.compiler.diagnostic.Diagnostic;
import dev.opvc.compiler.diagnostic.JsonRenderer;
import dev.opvc.compiler.diagnostic.TextRenderer;
import java.util.List;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** How diagnostics are printed. */
enum DiagnosticsFormat {
    TEXT,
    JSON;

    String render(List<Diagnostic> diagnostics) {
        return switch (this) {
            case TEXT -> TextRenderer.render(diagnostics);
            case JSON -> JsonRenderer.render(diagnostics);
        };
    }

    /** Reads the value of the option. */
    static final class Converter implements ITypeConverter<DiagnosticsFormat> {
        @Override
        public DiagnosticsFormat convert(String value) {
            return switch (value) {
                case "text" -> TEXT;
                case "json" -> JSON;
                default -> throw new TypeConversionException("'" + value + "' is neither text nor json");
            };
        }
    }
}
