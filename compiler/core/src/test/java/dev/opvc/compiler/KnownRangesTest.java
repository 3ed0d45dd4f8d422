// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is known on a path because it was stored there is held to the same ranges as a literal. */
class KnownRangesTest {
    private static final String DEFINITIONS =
            "struct Page { u8 bytes[8]; } percpu struct L { i64 level; u32 bits; u32 index; u64 v; i32 small; }\n";

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "l->level = 0; l->v = u64(x / l->level); | OPV0305 | division by zero",
                "l->level = 0; l->v = u64(x % l->level); | OPV0305 | division by zero",
                "l->level = 3; l->level -= 3; l->v = u64(x / l->level); | OPV0305 | division by zero",
                "l->level = 2; l->small = 6; l->v = u64(x / (i64(l->small) / 3 - l->level)); | OPV0305 | division by zero",
                "l->level = 0; if y == 1 then { l->level = 2; } else {} l->v = u64(x / l->level); | OPV0305 | division by zero",
                "l->bits = 64; l->v = y << l->bits; | OPV0405 | by 64 bits",
                "l->bits = 63; l->bits += 1; l->v = y >> l->bits; | OPV0405 | by 64 bits",
                "l->bits = 64; l->v <<= l->bits; | OPV0405 | by 64 bits",
                "l->index = 8; p->bytes[l->index] = 1; | OPV0305 | 8 is outside 0 to 7",
                "l->small = -1; p->bytes[l->small] = 1; | OPV0305 | -1 is outside 0 to 7",
                "l->index = 8; memcpy(&p->bytes[l->index], q, 1); | OPV0305 | 8 is outside 0 to 7",
            })
    void outOfRangeIsAnError(String body, String code, String part) {
        assertThat(texts(body))
                .as(body)
                .filteredOn(text -> text.contains(" error "))
                .isNotEmpty()
                .allMatch(text -> text.contains(code) && text.contains(part));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "l->level = 2; l->v = u64(x / l->level);",
                "l->level = 0; if l->level != 0 then { l->v = u64(x / l->level); } else {}",
                "l->level = 0; if l->level != 0 && x / l->level > 2 then { l->v = 1; } else {}",
                "l->bits = 63; l->v = y << l->bits; l->v <<= l->bits;",
                "l->index = 8; l->index -= 1; p->bytes[l->index] = 1;",
                "l->small = 4; l->level = x; p->bytes[l->small] = 1; l->v = u64(x / l->level);",
            })
    void insideItIsNone(String body) {
        assertThat(texts(body)).as(body).noneMatch(text -> text.contains(" error "));
    }

    @Test
    void whatIsKnownTakesNoCheck() {
        String source = source("l->level = 2; l->bits = 3; l->index = 7; l->v = u64(x / l->level) >> l->bits;"
                + " p->bytes[l->index] = 1; memcpy(p, q, 1); l->v += y;");
        assertThat(VectorText.of(
                        Sources.program(folder, source).units().get(0).paths().get(0)))
                .noneMatch(line -> line.startsWith("check"));
    }

    /** The array has eight elements, and the field of them is as long. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "max(y & 3, 7)",
                "y % 8 / 3",
                "(y & 63) / 8",
                "(y & 4) | (y & 3)",
                "(y & 7) ^ (y & 5)",
                "clz(y) / 16",
                "popcount(u8(y & 255)) / 2",
                "ctz(u32(y & 7)) / 8"
            })
    void whatIsComputedOfBoundsIsBounded(String index) {
        String source = source("p->bytes[" + index + "] = 1; memcpy(p, q, " + index + "); l->v += u64(x);");
        assertThat(VectorText.of(
                        Sources.program(folder, source).units().get(0).paths().get(0)))
                .noneMatch(line -> line.startsWith("check"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"max(y, 3)", "y / 8", "(y & 7) | y", "(y & 8) | (y & 1)", "(y & 64) / 8", "clz(y) / 8"})
    void whatIsNotIsChecked(String index) {
        String source = source("p->bytes[" + index + "] = 1; memcpy(p, q, 1); l->v += u64(x);");
        assertThat(VectorText.of(
                        Sources.program(folder, source).units().get(0).paths().get(0)))
                .anyMatch(line -> line.startsWith("check"));
    }

    private List<String> texts(String body) {
        return Sources.texts(Sources.compile(folder, source(body)));
    }

    private static String source(String body) {
        return DEFINITIONS + "transaction t(percpu L l, Page *p, byte *q, i64 x, u64 y) { " + body + " }";
    }
}
