// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.java.forms;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.lang.model.element.Modifier;

/**
 * The parts of a form that are methods of their own. A part gets the variables that it uses; parts that are the same
 * are one method.
 */
final class Parts {
    /** What the Java virtual machine takes; a long or a double counts twice, and so the instance once. */
    private static final int PARAMETER_SLOTS_MAX = 255;

    private final UnitMethods methods;
    private final String form;
    private final TypeName returned;
    private final Map<String, MethodSpec> bySource = new LinkedHashMap<>();
    private final Map<String, Integer> stackByName = new LinkedHashMap<>();

    /**
     * @param form the name of the form's method
     * @param returned what the parts return
     */
    Parts(UnitMethods methods, String form, TypeName returned) {
        this.methods = methods;
        this.form = form;
        this.returned = returned;
    }

    /** What the parts return. */
    TypeName returned() {
        return returned;
    }

    /** The methods so far. */
    List<MethodSpec> methods() {
        return List.copyOf(bySource.values());
    }

    /** The bytes of stack that a part takes at most, with those that it calls. */
    int stack() {
        return stackByName.values().stream().mapToInt(Integer::intValue).max().orElse(0);
    }

    /**
     * Makes code a part. The parts that it calls have been made before.
     *
     * @param scope the variables where it stood, and their types
     * @return a call of it; empty if it uses more variables than a method can have parameters
     */
    Optional<CodeBlock> add(Map<String, TypeName> scope, CodeBlock body) {
        CodeReading reading = CodeReading.of(body);
        Map<String, TypeName> used = new LinkedHashMap<>(scope);
        used.keySet().retainAll(reading.words());
        int slots = 1;
        List<CodeBlock> arguments = new ArrayList<>();
        for (Map.Entry<String, TypeName> variable : used.entrySet()) {
            boolean twice = variable.getValue().equals(TypeName.LONG)
                    || variable.getValue().equals(TypeName.DOUBLE);
            slots += twice ? 2 : 1;
            arguments.add(CodeBlock.of("$L", variable.getKey()));
        }
        if (slots > PARAMETER_SLOTS_MAX) {
            return Optional.empty();
        }
        // An underscore within a name keeps it apart from all that comes from names of OPV.
        MethodSpec part = bySource.computeIfAbsent(
                used + reading.text(), source -> method(form + "_" + (bySource.size() + 1), used, body));
        stackByName.computeIfAbsent(
                part.name(), name -> StackEstimate.of(used.size(), reading) + stackOfCallees(reading));
        return Optional.of(CodeBlock.of("$L($L)", part.name(), CodeBlock.join(arguments, ", ")));
    }

    private MethodSpec method(String name, Map<String, TypeName> parameters, CodeBlock body) {
        MethodSpec.Builder method = methods.begin(name, Modifier.PRIVATE, returned);
        parameters.forEach((variable, type) -> method.addParameter(type, variable));
        return method.addCode(body).build();
    }

    private int stackOfCallees(CodeReading body) {
        return body.words().stream()
                .mapToInt(word -> stackByName.getOrDefault(word, 0))
                .max()
                .orElse(0);
    }
}
