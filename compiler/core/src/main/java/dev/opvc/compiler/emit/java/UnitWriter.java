// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.java;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterSpec;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import dev.opvc.compiler.ast.UnitKind;
import dev.opvc.compiler.model.Outcome;
import dev.opvc.compiler.model.Parameter;
import dev.opvc.compiler.vector.VectorUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import javax.lang.model.element.Modifier;

/**
 * Writes a unit: its methods, the enumeration of its outcomes if it has several, and the class that holds its results if
 * they are not simply returned.
 */
final class UnitWriter {
    private final VectorUnit unit;
    private final JavaLayout layout;
    private final ClassName outcomes;
    private final Locals locals;
    private final Answers answers;
    private final UnitDocs docs;
    private final boolean holder;

    UnitWriter(VectorUnit unit, JavaLayout layout) {
        this.unit = unit;
        this.layout = layout;
        this.outcomes = layout.outcomesOf(unit);
        this.locals = newLocals();
        this.answers = new Answers(unit, layout);
        this.docs = new UnitDocs(unit, locals);
        this.holder = ResultForm.needsHolder(unit);
    }

    /** Each method has variables of its own, but parameters of the same names. */
    private Locals newLocals() {
        return new Locals(unit, layout.receiver(unit), layout.namesNotForVariables());
    }

    void write(TypeSpec.Builder target) {
        String name = JavaNames.unit(unit.name().text());
        if (unit.perCpuParameters().isEmpty()) {
            onNamedCpu(name, target);
        } else {
            onCurrentCpu(name, target);
            onNamedCpu(JavaNames.unitOnNamedCpu(unit.name().text()), target);
        }
        if (hasForms()) {
            target.addMethod(form(vectorForm(), vectorBody()));
            target.addMethod(form(directForm(), new DirectBody(unit, newLocals(), layout, answers).render()));
        }
        if (ResultForm.of(unit) == ResultForm.OUTCOME) {
            target.addType(outcomes());
        }
        if (holder) {
            target.addType(new HolderWriter(unit, layout).write());
        }
    }

    /** A raw vector is one: it has no direct form. */
    private boolean hasForms() {
        return unit.kind() == UnitKind.TRANSACTION;
    }

    private String vectorForm() {
        return JavaNames.vectorForm(unit.name().text());
    }

    private String directForm() {
        return JavaNames.directForm(unit.name().text());
    }

    private void onCurrentCpu(String name, TypeSpec.Builder target) {
        if (holder) {
            target.addMethod(allocating(name, docs.ofCurrentCpu(UnitDocs.Results.ALLOCATED), List.of()));
        }
        MethodSpec.Builder method = method(name).addJavadoc(docs.ofCurrentCpu(UnitDocs.Results.PASSED));
        addParameters(method);
        addHolder(method);
        CodeBlock current = CodeBlock.of("$T.current()", RuntimeClasses.CPUS);
        if (hasForms()) {
            method.addCode(dispatch(current, CodeBlock.of("$T.CURRENT", RuntimeClasses.CPU_EXCLUSION)));
        } else {
            method.addStatement(
                    returning("$L($L)"), JavaNames.unitOnNamedCpu(unit.name().text()), arguments(current));
        }
        target.addMethod(method.build());
    }

    private void onNamedCpu(String name, TypeSpec.Builder target) {
        ParameterSpec cpu = ParameterSpec.builder(TypeName.INT, locals.cpu()).build();
        if (holder) {
            target.addMethod(allocating(name, docs.ofNamedCpu(UnitDocs.Results.ALLOCATED), List.of(cpu)));
        }
        MethodSpec.Builder method = method(name)
                .addJavadoc(docs.ofNamedCpu(UnitDocs.Results.PASSED))
                .addParameter(cpu);
        addParameters(method);
        addHolder(method);
        if (hasForms()) {
            CodeBlock named = CodeBlock.of("$L", locals.cpu());
            method.addStatement("$T.checkPossible($L)", RuntimeClasses.CPUS, locals.cpu())
                    .addCode(dispatch(named, named));
        } else {
            method.addCode(vectorBody());
        }
        target.addMethod(method.build());
    }

    /** The form that makes the holder: no form without one has its name and parameters. */
    private MethodSpec allocating(String name, CodeBlock doc, List<ParameterSpec> cpu) {
        MethodSpec.Builder method = method(name).addJavadoc(doc).returns(layout.resultsOf(unit));
        cpu.forEach(method::addParameter);
        addParameters(method);
        return method.addStatement("$T $L = new $T()", layout.resultsOf(unit), locals.result(), layout.resultsOf(unit))
                .addStatement(
                        "$L($L)",
                        name,
                        arguments(cpu.stream()
                                .map(each -> CodeBlock.of("$N", each))
                                .toArray(CodeBlock[]::new)))
                .addStatement("return $L", locals.result())
                .build();
    }

    /**
     * Renders the choice of the form.
     *
     * @param vectorCpu the CPU that the vector form works on
     * @param directCpu the CPU that the direct form works on
     */
    private CodeBlock dispatch(CodeBlock vectorCpu, CodeBlock directCpu) {
        CodeBlock vector = CodeBlock.of("$L($L)", vectorForm(), arguments(vectorCpu));
        CodeBlock direct = CodeBlock.of("$L($L)", directForm(), arguments(directCpu));
        CodeBlock.Builder code = CodeBlock.builder();
        if (holder) {
            code.addStatement("$T.requireNonNull($L)", Objects.class, locals.result());
        }
        if (answers.returnType().equals(TypeName.VOID)) {
            return code.beginControlFlow("if ($T.VECTOR)", RuntimeClasses.FORMS)
                    .addStatement(vector)
                    .nextControlFlow("else")
                    .addStatement(direct)
                    .endControlFlow()
                    .build();
        }
        CodeBlock answer = CodeBlock.of("$T.VECTOR ? $L : $L", RuntimeClasses.FORMS, vector, direct);
        if (!holder) {
            return code.addStatement("return $L", answer).build();
        }
        String ending = HolderWriter.ending(unit);
        return code.addStatement("$L.$L = $L", locals.result(), ending, answer)
                .addStatement("return $L.$L", locals.result(), ending)
                .build();
    }

    private MethodSpec form(String name, CodeBlock body) {
        MethodSpec.Builder method = MethodSpec.methodBuilder(name)
                .addModifiers(Modifier.PRIVATE)
                .returns(answers.returnType())
                .addParameter(TypeName.INT, locals.cpu());
        if (layout.receiver(unit).isEmpty()) {
            method.addModifiers(Modifier.STATIC);
        }
        addParameters(method);
        addHolder(method);
        return method.addCode(body).build();
    }

    /** Whoever is stopped by others again and again excludes them. */
    private CodeBlock vectorBody() {
        CodeBlock.Builder body = CodeBlock.builder().add(new VectorBody(unit, newLocals(), layout, answers).render());
        if (unit.canRetry()) {
            CodeBlock arguments = arguments(CodeBlock.of("$L", locals.cpu()));
            body.addStatement(returning("$L($L)"), directForm(), arguments);
        }
        return body.build();
    }

    private String returning(String call) {
        return answers.returnType().equals(TypeName.VOID) ? call : "return " + call;
    }

    private MethodSpec.Builder method(String name) {
        MethodSpec.Builder method =
                MethodSpec.methodBuilder(name).addModifiers(Modifier.PUBLIC).returns(answers.returnType());
        return layout.receiver(unit).isPresent() ? method : method.addModifiers(Modifier.STATIC);
    }

    private void addHolder(MethodSpec.Builder method) {
        if (holder) {
            method.addParameter(layout.resultsOf(unit), locals.result());
        }
    }

    private void addParameters(MethodSpec.Builder method) {
        passed().forEach(parameter -> method.addParameter(type(parameter), locals.parameter(parameter)));
    }

    /** The arguments of a call of another form: those that are only its own, and then what every form gets. */
    private CodeBlock arguments(CodeBlock... first) {
        List<CodeBlock> all = new ArrayList<>(List.of(first));
        passed().forEach(parameter -> all.add(CodeBlock.of("$L", locals.parameter(parameter))));
        if (holder) {
            all.add(CodeBlock.of("$L", locals.result()));
        }
        return CodeBlock.join(all, ", ");
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
