// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.java.forms;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterSpec;
import com.palantir.javapoet.TypeName;
import dev.opvc.compiler.emit.java.names.JavaLayout;
import dev.opvc.compiler.emit.java.names.Variables;
import dev.opvc.compiler.emit.java.types.JavaType;
import dev.opvc.compiler.emit.java.types.ResultForm;
import dev.opvc.compiler.model.Parameter;
import dev.opvc.compiler.vector.LoweredUnit;
import dev.opvc.compiler.vector.VectorUnit;
import java.util.ArrayList;
import java.util.List;
import javax.lang.model.element.Modifier;

/**
 * What the methods of a unit have in common: whose they are, what is passed to them, what they return, and how one calls
 * another.
 */
public final class UnitMethods {
    private final LoweredUnit unit;
    private final JavaLayout layout;
    private final Variables variables;
    private final boolean holder;

    public UnitMethods(LoweredUnit unit, JavaLayout layout, Variables variables) {
        this.unit = unit;
        this.layout = layout;
        this.variables = variables;
        this.holder = ResultForm.needsHolder(unit);
    }

    /** What they return. */
    public TypeName returned() {
        return switch (ResultForm.of(unit)) {
            case NOTHING -> TypeName.VOID;
            case VALUE -> JavaType.of(unit.results().get(0).type()).typeName();
            case COMMITTED -> TypeName.BOOLEAN;
            case OUTCOME -> layout.outcomesOf((VectorUnit) unit);
            case VECTOR_RESULT -> TypeName.INT;
        };
    }

    /** A call whose value, if there is one, is returned. */
    public CodeBlock returning(CodeBlock call) {
        return CodeBlock.of(returned().equals(TypeName.VOID) ? "$L" : "return $L", call);
    }

    /** Begins a method: of the instance, or static where the unit has none. */
    public MethodSpec.Builder begin(String name, Modifier access) {
        return begin(name, access, returned());
    }

    /** Begins a method that returns something else. */
    MethodSpec.Builder begin(String name, Modifier access, TypeName returned) {
        MethodSpec.Builder method =
                MethodSpec.methodBuilder(name).addModifiers(access).returns(returned);
        return layout.receiver(unit).isPresent() ? method : method.addModifiers(Modifier.STATIC);
    }

    /** Adds the parameters: those that are only the method's own, and then what every form gets. */
    public MethodSpec.Builder addParameters(MethodSpec.Builder method, List<ParameterSpec> first) {
        addWithoutHolder(method, first);
        return holder ? method.addParameter(layout.resultsOf(unit), variables.result()) : method;
    }

    /** How Javadoc refers to a method, with or without parameters of its own. */
    public CodeBlock reference(String name, List<ParameterSpec> first) {
        List<CodeBlock> types = new ArrayList<>();
        first.forEach(parameter -> types.add(CodeBlock.of("$T", parameter.type())));
        passed().forEach(parameter -> types.add(CodeBlock.of("$T", layout.typeOf(parameter))));
        if (holder) {
            types.add(CodeBlock.of("$T", layout.resultsOf(unit)));
        }
        return CodeBlock.of("#$L($L)", name, CodeBlock.join(types, ", "));
    }

    /** The arguments of a call of another method: those for parameters of its own, and then what every form gets. */
    public CodeBlock arguments(List<CodeBlock> first) {
        List<CodeBlock> all = new ArrayList<>(first);
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
    public MethodSpec allocating(String name, CodeBlock doc, List<ParameterSpec> first) {
        ClassName results = layout.resultsOf(unit);
        MethodSpec.Builder method = begin(name, Modifier.PUBLIC, results).addJavadoc(doc);
        addWithoutHolder(method, first);
        List<CodeBlock> own =
                first.stream().map(each -> CodeBlock.of("$N", each)).toList();
        return method.addStatement("$T $L = new $T()", results, variables.result(), results)
                .addStatement("$L($L)", name, arguments(own))
                .addStatement("return $L", variables.result())
                .build();
    }

    private void addWithoutHolder(MethodSpec.Builder method, List<ParameterSpec> first) {
        first.forEach(method::addParameter);
        passed().forEach(parameter -> method.addParameter(layout.typeOf(parameter), variables.parameter(parameter)));
    }

    private List<Parameter> passed() {
        return unit.parameters().stream()
                .filter(parameter -> !variables.isReceiver(parameter))
                .toList();
    }
}
