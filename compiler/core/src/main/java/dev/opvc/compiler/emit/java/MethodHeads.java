// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.java;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterSpec;
import com.palantir.javapoet.TypeName;
import dev.opvc.compiler.model.Parameter;
import dev.opvc.compiler.vector.LoweredUnit;
import java.util.ArrayList;
import java.util.List;
import javax.lang.model.element.Modifier;

/** What the methods of a unit have in common: whose they are, what is passed to them, and how one calls another. */
final class MethodHeads {
    private final LoweredUnit unit;
    private final JavaLayout layout;
    private final Variables variables;
    private final boolean holder;

    /**
     * @param holder whether the caller passes an object for the results
     */
    MethodHeads(LoweredUnit unit, JavaLayout layout, Variables variables, boolean holder) {
        this.unit = unit;
        this.layout = layout;
        this.variables = variables;
        this.holder = holder;
    }

    /** Begins a method: of the instance, or static where the unit has none. */
    MethodSpec.Builder begin(String name, Modifier access, TypeName returned) {
        MethodSpec.Builder method =
                MethodSpec.methodBuilder(name).addModifiers(access).returns(returned);
        return layout.receiver(unit).isPresent() ? method : method.addModifiers(Modifier.STATIC);
    }

    /** Adds what every form gets, behind the parameters that are only its own. */
    MethodSpec.Builder passed(MethodSpec.Builder method) {
        addParameters(method);
        return holder ? method.addParameter(layout.resultsOf(unit), variables.result()) : method;
    }

    /** The arguments of a call of another form: those that are only its own, and then what every form gets. */
    CodeBlock arguments(CodeBlock... first) {
        List<CodeBlock> all = new ArrayList<>(List.of(first));
        passed().forEach(parameter -> all.add(CodeBlock.of("$L", variables.parameter(parameter))));
        if (holder) {
            all.add(CodeBlock.of("$L", variables.result()));
        }
        return CodeBlock.join(all, ", ");
    }

    /**
     * The form of a method that makes the object for the results: no form without one has its name and parameters.
     *
     * @param first the parameters that are only its own
     */
    MethodSpec allocating(String name, CodeBlock doc, List<ParameterSpec> first) {
        ClassName results = layout.resultsOf(unit);
        MethodSpec.Builder method = begin(name, Modifier.PUBLIC, results).addJavadoc(doc);
        first.forEach(method::addParameter);
        addParameters(method);
        CodeBlock[] own = first.stream().map(each -> CodeBlock.of("$N", each)).toArray(CodeBlock[]::new);
        return method.addStatement("$T $L = new $T()", results, variables.result(), results)
                .addStatement("$L($L)", name, arguments(own))
                .addStatement("return $L", variables.result())
                .build();
    }

    private void addParameters(MethodSpec.Builder method) {
        passed().forEach(parameter -> method.addParameter(type(parameter), variables.parameter(parameter)));
    }

    private List<Parameter> passed() {
        return unit.parameters().stream()
                .filter(parameter -> !variables.isReceiver(parameter))
                .toList();
    }

    private TypeName type(Parameter parameter) {
        return parameter.perCpu()
                ? layout.classOf(parameter.struct())
                : JavaType.of(parameter.type()).typeName();
    }
}
