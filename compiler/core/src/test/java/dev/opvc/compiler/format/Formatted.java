// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.opvc.compiler.diagnostic.Diagnostics;
import dev.opvc.compiler.diagnostic.TextRenderer;
import dev.opvc.compiler.source.SourceFile;
import java.util.Optional;

/** Formats a text that parses. */
final class Formatted {
    private Formatted() {}

    static String of(String source) {
        Diagnostics diagnostics = new Diagnostics();
        Optional<String> text = Formatter.format(new SourceFile("test.opv", source), diagnostics);
        assertThat(text)
                .as(() -> TextRenderer.render(diagnostics.sorted()) + source)
                .isPresent();
        return text.get();
    }
}
