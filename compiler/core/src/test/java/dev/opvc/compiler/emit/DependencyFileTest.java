// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class DependencyFileTest {
    @Test
    void oneRuleForAllOutputsAndAnEmptyOneForEachInput() {
        assertThat(DependencyFile.render(
                        List.of(Path.of("out/b.opv.h"), Path.of("out/a.opv.h")),
                        List.of(Path.of("/x/b.opv"), Path.of("/x/a.opv"))))
                .isEqualTo("""
                        out/a.opv.h \\
                            out/b.opv.h: \\
                            /x/a.opv \\
                            /x/b.opv
                        /x/a.opv:
                        /x/b.opv:
                        """);
    }

    @Test
    void whatMakeReadsOtherwiseIsEscaped() {
        assertThat(DependencyFile.render(List.of(Path.of("a b")), List.of(Path.of("$c#d"))))
                .isEqualTo("a\\ b: \\\n    $$c\\#d\n$$c\\#d:\n");
        assertThatThrownBy(() -> DependencyFile.render(List.of(Path.of("a\nb")), List.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
