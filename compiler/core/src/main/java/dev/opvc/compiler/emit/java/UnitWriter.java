// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.java;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import dev.opvc.compiler.model.Outcome;
import dev.opvc.compiler.model.Parameter;
import dev.opvc.compiler.vector.VectorPath;
import dev.opvc.compiler.vector.VectorUnit;
import java.util.List;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;

/** Writes a unit: its methods, and the enumeration of its outcomes if it has several. */
final class UnitWriter {
    private final VectorUnit unit;
    private final VectorPath path;
    private final JavaLayout layout;
    private final ClassName outcomes;
    private final Locals locals;
    private final Ending ending;
    private final UnitDocs docs;

    UnitWriter(VectorUnit unit, JavaLayout layout) {
        this.unit = unit;
        this.path = onlyPath(unit);
        this.layout = layout;
        this.outcomes = layout.outcomesOf(unit);
        this.locals = new Locals(unit, path, layout.receiver(unit), layout.namesNotForVariables());
        this.ending = new Ending(ResultForm.of(unit), outcomes, locals);
        this.docs = new UnitDocs(unit, path, locals);
    }

    private static VectorPath onlyPath(VectorUnit unit) {
        if (unit.paths().size() != 1) {
            throw new IllegalArgumentException(
                    "`" + unit.name() + "` has " + unit.paths().size() + " paths");
        }
        return unit.paths().get(0);
    }

    void write(TypeSpec.Builder target) {
        if (unit.perCpuParameters().isEmpty()) {
            target.addMethod(onNamedCpu(JavaNames.unit(unit.name().text())));
        } else {
            target.addMethod(onCurrentCpu());
            target.addMethod(onNamedCpu(JavaNames.unitOnNamedCpu(unit.name().text())));
        }
        if (ResultForm.of(unit) == ResultForm.OUTCOME) {
            target.addType(outcomes());
        }
    }

    private MethodSpec onCurrentCpu() {
        MethodSpec.Builder method = method(JavaNames.unit(unit.name().text())).addJavadoc(docs.ofCurrentCpu());
        addParameters(method);
        CodeBlock arguments = CodeBlock.join(
                Stream.concat(Stream.of(CodeBlock.of("$T.current()", RuntimeClasses.CPUS)), arguments())
                        .toList(),
                ", ");
        String call = ending.returnType().equals(TypeName.VOID) ? "$L($L)" : "return $L($L)";
        return method.addStatement(call, JavaNames.unitOnNamedCpu(unit.name().text()), arguments)
                .build();
    }

    private MethodSpec onNamedCpu(String name) {
        MethodSpec.Builder method = method(name).addJavadoc(docs.ofNamedCpu()).addParameter(TypeName.INT, locals.cpu());
        addParameters(method);
        return method.addCode(new MethodBody(unit, path, locals, layout, ending).render())
                .build();
    }

    private MethodSpec.Builder method(String name) {
        MethodSpec.Builder method =
                MethodSpec.methodBuilder(name).addModifiers(Modifier.PUBLIC).returns(ending.returnType());
        return layout.receiver(unit).isPresent() ? method : method.addModifiers(Modifier.STATIC);
    }

    private void addParameters(MethodSpec.Builder method) {
        passed().forEach(parameter -> method.addParameter(type(parameter), locals.parameter(parameter)));
    }

    private Stream<CodeBlock> arguments() {
        return passed().stream().map(parameter -> CodeBlock.of("$L", locals.parameter(parameter)));
    }

    private List<Parameter> passed() {
        return unit.parameters().stream()
                .filter(parameter -> !locals.isReceiver(parameter))
                .toList();
    }

    private TypeName type(Parameter parameter) {
        return parameter.perCpu()
                ? layout.classOf(parameter.struct())
                : JavaType.of(parameter.type()).typeName();
    }

    private TypeSpec outcomes() {
        TypeSpec.Builder type = TypeSpec.enumBuilder(outcomes.simpleName())
                .addModifiers(Modifier.PUBLIC)
                .addJavadoc("How {@code $L} ends.", unit.name());
        type.addEnumConstant(
                Outcome.COMMITTED,
                TypeSpec.anonymousClassBuilder("")
                        .addJavadoc("Everything happened.")
                        .build());
        for (Outcome outcome : unit.outcomes()) {
            type.addEnumConstant(
                    JavaNames.constant(outcome.name()),
                    TypeSpec.anonymousClassBuilder("")
                            .addJavadoc("It ended with {@code $L}; nothing happened.", outcome.name())
                            .build());
        }
        return type.build();
    }
}
