// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.differential;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What was predicted for one call, what each form did, and all that is needed to see it again. */
final class Report {
    private static final int BYTES_PER_LINE = 16;

    /** A unit: what is no unit is needed by one that was shrunk by hand too. */
    private static final Pattern UNIT = Pattern.compile("(?ms)^(?:transaction|query|drain) (\\w+)\\(.*?^}\\n");

    private final Inputs inputs;
    private final Prediction prediction;
    private final Map<Form, List<String>> differences = new LinkedHashMap<>();

    Report(Inputs inputs, Prediction prediction) {
        this.inputs = inputs;
        this.prediction = prediction;
    }

    void add(Form form, Observation observation) {
        differences.put(form, Comparison.differences(prediction, observation));
    }

    boolean isDifference() {
        return differences.values().stream().anyMatch(found -> !found.isEmpty());
    }

    String text(String source, Arena arena) {
        StringBuilder text = new StringBuilder();
        text.append(sourceOfUnits(source)).append('\n');
        inputs.calls().forEach(call -> describe(call, text));
        text.append("memory before:\n");
        dump(String.format("arena at 0x%x", arena.start()), inputs.arena(), text);
        inputs.slots().forEach((instance, image) -> dump(instance.toString(), image, text));
        prediction
                .calls()
                .forEach(each -> text.append("must end with ")
                        .append(each.ending())
                        .append(", results ")
                        .append(each.results())
                        .append('\n'));
        differences.forEach((form, found) -> {
            text.append(form).append(found.isEmpty() ? ": as it must" : ":").append('\n');
            found.forEach(line -> text.append("  ").append(line).append('\n'));
        });
        return text.toString();
    }

    private static void describe(Call call, StringBuilder text) {
        text.append(call.unit().name()).append(call.cpu() == Call.ALL ? " on all CPUs" : " on CPU " + call.cpu());
        text.append('\n');
        call.arguments()
                .forEach((parameter, bits) -> text.append(String.format("  %s = 0x%x%n", parameter.name(), bits)));
        call.instances()
                .forEach(
                        (parameter, instance) -> text.append(String.format("  %s = %s%n", parameter.name(), instance)));
    }

    private String sourceOfUnits(String source) {
        Set<String> called =
                inputs.calls().stream().map(call -> call.unit().name()).collect(Collectors.toSet());
        return UNIT.matcher(source)
                .replaceAll(match -> called.contains(match.group(1)) ? Matcher.quoteReplacement(match.group()) : "");
    }

    private static void dump(String name, Image bytes, StringBuilder text) {
        text.append("  ").append(name).append('\n');
        for (int i = 0; i < bytes.size(); i += BYTES_PER_LINE) {
            text.append(String.format("  %6d:", i));
            for (int j = i; j < Math.min(bytes.size(), i + BYTES_PER_LINE); j++) {
                text.append(String.format(" %02x", bytes.at(j)));
            }
            text.append('\n');
        }
    }
}
