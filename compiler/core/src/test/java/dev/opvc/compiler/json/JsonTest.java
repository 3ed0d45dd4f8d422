// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonTest {
    @Test
    void membersKeepTheirOrder() {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("z", 1);
        object.put("a", List.of(2L, true, "x"));
        assertThat(Json.line(object)).isEqualTo("{\"z\": 1, \"a\": [2, true, \"x\"]}");
    }

    @Test
    void stringsAreEscaped() {
        assertThat(Json.line("a\"b\\c/\n\t\u0000\u001b\u007f"))
                .isEqualTo("\"a\\\"b\\\\c/\\u000a\\u0009\\u0000\\u001b\\u007f\"");
    }

    /** Some readers split lines at these too. */
    @Test
    void noStringEndsALine() {
        assertThat(Json.line("\u0085\u2028\u2029")).isEqualTo("\"\\u0085\\u2028\\u2029\"");
    }

    @Test
    void pairsOfSurrogatesStayAndHalvesAreEscaped() {
        assertThat(Json.line("\ud83d\ude00")).isEqualTo("\"\ud83d\ude00\"");
        assertThat(Json.line("\ud83d")).isEqualTo("\"\\ud83d\"");
        assertThat(Json.line("\ude00x")).isEqualTo("\"\\ude00x\"");
        assertThat(Json.line("\ude00\ud83d")).isEqualTo("\"\\ude00\\ud83d\"");
    }

    @Test
    void prettyBreaksOnlyWhatDoesNotFit() {
        String wide = "x".repeat(120);
        assertThat(Json.pretty(List.of(List.of(1, 2), wide))).isEqualTo("[\n  [1, 2],\n  \"" + wide + "\"\n]");
        assertThat(Json.pretty(Map.of("a", List.of()))).isEqualTo("{\"a\": []}");
        assertThat(Json.pretty(Map.of("a", Map.of("b", wide))))
                .isEqualTo("{\n  \"a\": {\n    \"b\": \"" + wide + "\"\n  }\n}");
    }

    @Test
    void otherValuesAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> Json.line(1.5));
    }
}
