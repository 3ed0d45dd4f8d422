// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.differential;

import dev.opvc.compiler.differential.PlaceGenerator.Place;
import dev.opvc.compiler.differential.PlaceGenerator.Use;
import dev.opvc.compiler.model.ArrayType;
import dev.opvc.compiler.model.Parameter;
import dev.opvc.compiler.model.PointerType;
import dev.opvc.compiler.model.ScalarType;
import dev.opvc.compiler.model.StructType;
import dev.opvc.compiler.model.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Writes a query or drain. Folds are written first and then have names like parameters, so that what is computed of them
 * is an expression like any other.
 */
final class QueryGenerator {
    private static final int DEPTH = 2;
    private static final int LENGTH_MAX = 12;
    private static final List<ScalarType> SCALARS = List.of(ScalarType.values());

    private final Choices choices;
    private final List<StructType> perCpu;
    private final boolean drains;
    private final Style style;

    /** What folds can be made of: slots, parameters, and bindings that no fold has a part in. */
    private final Names early = new Names();

    /** What stands outside of folds: no slots, but folds. */
    private final Names late = new Names();

    private final List<String> results = new ArrayList<>();
    private final List<String> body = new ArrayList<>();

    QueryGenerator(Choices choices, List<StructType> all) {
        this.choices = choices;
        this.perCpu = all.stream().filter(StructType::perCpu).toList();
        this.drains = choices.chance(50);
        // A drain may not fail once it has begun, nor index by what lies right of `&&`.
        this.style = new Style(false, false, true, !drains && choices.chance(70), false);
    }

    String generate(String name) {
        List<String> parameters = parameters();
        int statements = choices.between(1, 4);
        for (int i = 0; i < statements; i++) {
            if (choices.chance(25)) {
                let("v" + i);
            }
            result("r" + i);
        }
        return (drains ? "drain " : "query ") + name + "(" + String.join(", ", parameters) + ") returns ("
                + String.join(", ", results) + ") {\n    " + String.join("\n    ", body) + "\n}\n";
    }

    private List<String> parameters() {
        List<String> parameters = new ArrayList<>();
        int slots = choices.oneOf(1, 1, 1, 2);
        for (int i = 0; i < slots; i++) {
            StructType struct = choices.pick(perCpu);
            early.slot("s" + i, struct);
            Names.lengthOf("s" + i, struct).ifPresent(length -> late.value(length, Parameter.LENGTH_TYPE, false));
            parameters.add("percpu " + struct + " s" + i);
        }
        int others = choices.between(0, 3);
        for (int i = 0; i < others; i++) {
            boolean bounded = choices.chance(15);
            ScalarType type = bounded ? choices.oneOf(ScalarType.U8, ScalarType.U32) : choices.pick(SCALARS);
            String max = bounded ? " max " + choices.below(LENGTH_MAX) : "";
            early.value("p" + i, type, false);
            late.value("p" + i, type, false);
            parameters.add(choices.below(parameters.size() + 1), type + " p" + i + max);
        }
        return parameters;
    }

    private void let(String name) {
        boolean ofFolds = choices.chance(60);
        if (ofFolds) {
            fold(choices.pick(SCALARS));
        }
        ScalarType type = choices.pick(SCALARS);
        Written value = (ofFolds
                        ? outside()
                        : ExpressionGenerator.outsideOfFolds(choices, style, parametersOnly(), true))
                .expression(type, DEPTH);
        body.add("let " + name + " = " + value.text() + ";");
        // A literal has no type yet; where it is used decides, and that is not known here.
        if (value.kind() != Written.Kind.LITERAL) {
            late.value(name, type, false);
            if (!ofFolds) {
                early.value(name, type, false);
            }
        }
    }

    private Names parametersOnly() {
        Names names = new Names();
        early.values().forEach(each -> names.value(each.name(), each.type(), false));
        return names;
    }

    private void result(String name) {
        Optional<Place> array = choices.chance(25)
                ? inFold().places().place(QueryGenerator::isFoldedWhole, Use.VALUE)
                : Optional.empty();
        if (array.isPresent()) {
            ArrayType type = (ArrayType) array.get().type();
            results.add(type.element() + " " + name + (type.sized() ? "[]" : "[" + type.length() + "]"));
            String folded =
                    function((ScalarType) type.element()) + "(" + array.get().text() + ")";
            boolean cumulative = folded.startsWith("sum") && choices.chance(40);
            body.add(name + " = " + (cumulative ? "cumulative(" + folded + ")" : folded) + ";");
            return;
        }
        ScalarType type = choices.pick(SCALARS);
        Written fold = fold(type);
        // The first one sees to it that something is folded.
        boolean foldAlone = results.isEmpty() || choices.chance(50);
        results.add(type + " " + name);
        String value =
                foldAlone ? fold.text() : outside().expression(type, DEPTH).text();
        body.add(name + " = " + value + ";");
    }

    private static boolean isFoldedWhole(Type type) {
        return type instanceof ArrayType array && array.element() instanceof ScalarType;
    }

    /** Writes a fold, and names it. */
    private Written fold(ScalarType type) {
        boolean counts = type == ScalarType.U64 && choices.chance(20);
        String text = counts ? "count(" + operand(ScalarType.BOOL) + ")" : function(type) + "(" + operand(type) + ")";
        late.value(text, type, false);
        return Written.value(text);
    }

    private String function(ScalarType type) {
        return type == ScalarType.BOOL ? choices.oneOf("any", "all") : choices.oneOf("sum", "min", "max");
    }

    /** What is folded reads a slot. */
    private String operand(ScalarType type) {
        String text = inFold().expression(type, choices.below(DEPTH + 1)).text();
        if (readsSlot(text) && !text.contains("true") && !text.contains("false")) {
            return text;
        }
        Optional<Place> place = inFold().places().place(type, Use.VALUE);
        if (place.isPresent()) {
            return place.get().text();
        }
        Optional<Place> pointer = inFold().places().place(PointerType.class::isInstance, Use.VALUE);
        String truth = pointer.map(each -> each.text() + " != null").orElse("");
        if (type == ScalarType.BOOL && !truth.isEmpty()) {
            return truth;
        }
        ScalarType other = number();
        String read = inFold().places()
                .place(other, Use.VALUE)
                .map(Place::text)
                .orElseThrow(() -> new IllegalStateException("a slot without a number"));
        return type == ScalarType.BOOL ? "(" + read + " == 0)" : type + "(" + read + ")";
    }

    /** A length is known without the slots. */
    private static boolean readsSlot(String text) {
        return text.replaceAll("length\\(\\w+->\\w+\\)", "").contains("->");
    }

    /** The type of a number that the first slot has for certain. */
    private ScalarType number() {
        return early.slots().get(0).target().toString().equals("Shard") ? ScalarType.U64 : ScalarType.I64;
    }

    private ExpressionGenerator inFold() {
        return ExpressionGenerator.inFold(choices, style, early, !drains);
    }

    private ExpressionGenerator outside() {
        return ExpressionGenerator.outsideOfFolds(choices, style, late, !drains);
    }
}
