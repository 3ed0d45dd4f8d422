// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.differential;

import dev.opvc.compiler.differential.Interpreter.Prediction;
import dev.opvc.compiler.model.UnitDefinition;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What was predicted for one call, what each form did, and all that is needed to see it again. */
final class Report {
    private static final int BYTES_PER_LINE = 16;

    /** A declaration that is no transaction: what a transaction shrunk by hand still needs. */
    private static final Pattern TRANSACTION = Pattern.compile("(?ms)^transaction (\\w+)\\(.*?^}\\n");

    private final UnitDefinition unit;
    private final Inputs inputs;
    private final Prediction prediction;
    private final Map<Form, List<String>> differences = new LinkedHashMap<>();

    Report(UnitDefinition unit, Inputs inputs, Prediction prediction) {
        this.unit = unit;
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
        text.append(sourceOfUnit(source)).append("\narguments:\n");
        inputs.arguments()
                .forEach((parameter, bits) -> text.append(String.format("  %s = 0x%x%n", parameter.name(), bits)));
        inputs.instances()
                .forEach(
                        (parameter, instance) -> text.append(String.format("  %s = %s%n", parameter.name(), instance)));
        text.append("memory before:\n");
        dump(String.format("arena at 0x%x", arena.start()), inputs.arena(), text);
        inputs.slots().forEach((instance, image) -> dump(instance.toString(), image, text));
        text.append("must end with ").append(prediction.ending());
        text.append(", results ").append(prediction.results()).append('\n');
        differences.forEach((form, found) -> {
            text.append(form).append(found.isEmpty() ? ": as it must" : ":").append('\n');
            found.forEach(line -> text.append("  ").append(line).append('\n'));
        });
        return text.toString();
    }

    private String sourceOfUnit(String source) {
        Matcher matcher = TRANSACTION.matcher(source);
        return matcher.replaceAll(
                match -> match.group(1).equals(unit.name().text()) ? Matcher.quoteReplacement(match.group()) : "");
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
