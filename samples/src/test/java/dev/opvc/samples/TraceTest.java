// SPDX-License-Identifier: Apache-2.0
package dev.opvc.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Reads the traces that the sample writes, as a viewer would. */
class TraceTest {
    private static final Path SAMPLE = Path.of(System.getProperty("opvc.root"), "samples", "trace");
    private static final Pattern WRITTEN = Pattern.compile("C, (\\w+) form: .* (\\d+) events written");

    @Test
    void everyEventHasWhatViewersNeed() throws IOException, InterruptedException {
        ScriptRun run = ScriptRun.of(SAMPLE.resolve("run"));
        assertThat(run.status()).as(run.output()).isZero();
        assumeTrue(!run.output().startsWith("left out: "), run::output);

        Map<String, Long> events = new TreeMap<>();
        Matcher written = WRITTEN.matcher(run.output());
        while (written.find()) {
            events.put(written.group(1), Long.valueOf(written.group(2)));
        }

        assertThat(events).containsOnlyKeys("direct", "vector");
        for (Map.Entry<String, Long> form : events.entrySet()) {
            assertThat(countEvents(SAMPLE.resolve("build").resolve(form.getKey() + ".json")))
                    .isEqualTo(form.getValue());
        }
    }

    /** Fails if an event lacks one of the members that are looked for, or the file is no JSON. */
    private static long countEvents(Path file) throws IOException {
        Map<String, Long> members = new TreeMap<>();
        try (JsonParser parser = new JsonFactory().createParser(Files.readAllBytes(file))) {
            while (parser.nextToken() != null) {
                if (parser.currentToken() == JsonToken.FIELD_NAME) {
                    members.merge(parser.currentName(), 1L, Long::sum);
                }
            }
        }
        assertThat(members).containsKeys("traceEvents", "ph", "pid", "tid", "ts", "dur", "name", "cpu");
        long events = members.get("ph");
        assertThat(members)
                .containsAllEntriesOf(
                        Map.of("pid", events, "tid", events, "ts", events, "dur", events, "name", events));
        return events;
    }
}
