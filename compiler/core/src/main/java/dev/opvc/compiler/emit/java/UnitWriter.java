// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.java;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterSpec;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import dev.opvc.compiler.emit.java.forms.DirectForm;
import dev.opvc.compiler.emit.java.forms.InitialBlocks;
import dev.opvc.compiler.emit.java.forms.QueryForm;
import dev.opvc.compiler.emit.java.forms.RenderedForm;
import dev.opvc.compiler.emit.java.forms.UnitMethods;
import dev.opvc.compiler.emit.java.forms.VectorForm;
import dev.opvc.compiler.emit.java.names.JavaLayout;
import dev.opvc.compiler.emit.java.names.JavaNames;
import dev.opvc.compiler.emit.java.names.RuntimeClasses;
import dev.opvc.compiler.emit.java.names.Variables;
import dev.opvc.compiler.emit.java.types.ResultForm;
import dev.opvc.compiler.language.UnitKind;
import dev.opvc.compiler.model.Parameter;
import dev.opvc.compiler.vector.LoweredUnit;
import dev.opvc.compiler.vector.QueryUnit;
import dev.opvc.compiler.vector.VectorUnit;
import java.util.List;
import java.util.Objects;
import javax.lang.model.element.Modifier;

/**
 * Writes a unit: its methods, the enumeration of its outcomes if it has several, and the class that holds its results if
 * they are not simply returned.
 */
final class UnitWriter {
    private final LoweredUnit unit;
    private final JavaLayout layout;
    private final Variables variables;
    private final UnitMethods methods;
    private final List<Parameter> requiredPointers;
    private final UnitDocs docs;
    private final boolean holder;
    private final TypeSpec.Builder target;

    private UnitWriter(LoweredUnit unit, JavaLayout layout, TypeSpec.Builder target) {
        this.unit = unit;
        this.layout = layout;
        this.variables = Variables.of(unit, layout);
        this.methods = new UnitMethods(unit, layout, variables);
        this.requiredPointers = RequiredPointers.of(unit);
        this.docs = new UnitDocs(unit, variables, !requiredPointers.isEmpty());
        this.holder = ResultForm.needsHolder(unit);
        this.target = target;
    }

    static void write(LoweredUnit unit, JavaLayout layout, TypeSpec.Builder target) {
        new UnitWriter(unit, layout, target).write();
    }

    private void write() {
        addPublicMethods();
        if (unit instanceof QueryUnit query) {
            addForm(vectorForm(), cpus(), RenderedForm.whole(QueryForm.vector(query, layout)));
            addForm(directForm(), cpus(), RenderedForm.whole(QueryForm.direct(query, layout)));
        } else if (hasForms()) {
            VectorUnit transaction = (VectorUnit) unit;
            addForm(vectorForm(), List.of(cpu()), vectorForm(transaction));
            addForm(directForm(), List.of(cpu()), DirectForm.render(transaction, layout));
            new InitialBlocks(transaction).write(target);
        }
        if (ResultForm.of(unit) == ResultForm.OUTCOME) {
            target.addType(OutcomesWriter.write((VectorUnit) unit, layout));
        }
        if (holder) {
            target.addType(HolderWriter.write(unit, layout));
        }
    }

    private void addPublicMethods() {
        String name = JavaNames.unit(unit.name().text());
        if (unit.kind().folds()) {
            addQuery(name);
            return;
        }
        List<CodeBlock> cpu = List.of(CodeBlock.of("$L", variables.cpu()));
        CodeBlock onNamedCpu =
                hasForms() ? onPossible(cpu) : vectorForm((VectorUnit) unit).body();
        if (unit.perCpuParameters().isEmpty()) {
            addFull(name, CpuChoice.NAMED, List.of(cpu()), onNamedCpu);
            return;
        }
        String nameOn = JavaNames.unitOnNamedCpu(unit.name().text());
        List<CodeBlock> currentCpu = List.of(CodeBlock.of("$T.current()", RuntimeClasses.CPUS));
        CodeBlock onCurrentCpu = hasForms()
                ? dispatch(currentCpu, List.of(CodeBlock.of("$T.CURRENT", RuntimeClasses.CPU_EXCLUSION)))
                : returning(nameOn, currentCpu);
        CodeBlock full = addFull(name, CpuChoice.CURRENT, List.of(), onCurrentCpu);
        addAllocating(nameOn, docs.allocating(full, CpuChoice.NAMED, true), List.of(cpu()));
        addPublic(nameOn, docs.onNamedCpu(full), List.of(cpu()), onNamedCpu);
    }

    private void addQuery(String name) {
        List<CodeBlock> every = List.of(CodeBlock.of("0"), CodeBlock.of("$T.possible()", RuntimeClasses.CPUS));
        CodeBlock full = addFull(name, CpuChoice.EVERY, List.of(), dispatch(every, every));
        String nameOn = JavaNames.unitOnNamedCpu(unit.name().text());
        List<CodeBlock> one = List.of(CodeBlock.of("$L", variables.cpu()), CodeBlock.of("$L + 1", variables.cpu()));
        addAllocating(nameOn, docs.allocating(full, CpuChoice.NAMED, true), List.of(cpu()));
        addPublic(nameOn, docs.onNamedCpu(full), List.of(cpu()), onPossible(one));
    }

    /** Adds the method that the others refer to, and the form of it that makes the object for the results. */
    private CodeBlock addFull(String name, CpuChoice choice, List<ParameterSpec> first, CodeBlock body) {
        CodeBlock reference = methods.reference(name, first);
        addAllocating(name, docs.allocating(reference, choice, false), first);
        addPublic(name, docs.full(choice), first, body);
        return reference;
    }

    private void addAllocating(String name, CodeBlock doc, List<ParameterSpec> first) {
        if (holder) {
            target.addMethod(methods.allocating(name, doc, first));
        }
    }

    private void addPublic(String name, CodeBlock doc, List<ParameterSpec> first, CodeBlock body) {
        MethodSpec.Builder method = methods.begin(name, Modifier.PUBLIC).addJavadoc(doc);
        target.addMethod(methods.addParameters(method, first).addCode(body).build());
    }

    private void addForm(String name, List<ParameterSpec> first, RenderedForm form) {
        MethodSpec.Builder method = methods.begin(name, Modifier.PRIVATE);
        target.addMethod(
                methods.addParameters(method, first).addCode(form.body()).build());
        form.parts().forEach(target::addMethod);
    }

    /** A raw vector is one: it has no direct form. */
    private boolean hasForms() {
        return unit.kind() != UnitKind.VECTOR;
    }

    private String vectorForm() {
        return JavaNames.vectorForm(unit.name().text());
    }

    private String directForm() {
        return JavaNames.directForm(unit.name().text());
    }

    /** Which CPUs a form of a query reads. */
    private List<ParameterSpec> cpus() {
        return List.of(
                ParameterSpec.builder(TypeName.INT, variables.firstCpu()).build(),
                ParameterSpec.builder(TypeName.INT, variables.endCpu()).build());
    }

    private ParameterSpec cpu() {
        return ParameterSpec.builder(TypeName.INT, variables.cpu()).build();
    }

    /** Calls one of the two forms, on a CPU that the caller names. */
    private CodeBlock onPossible(List<CodeBlock> cpu) {
        return CodeBlock.builder()
                .addStatement("$T.checkPossible($L)", RuntimeClasses.CPUS, variables.cpu())
                .add(dispatch(cpu, cpu))
                .build();
    }

    /**
     * Calls one of the two forms.
     *
     * @param vectorFirst the arguments that only the vector form gets
     * @param directFirst the arguments that only the direct form gets
     */
    private CodeBlock dispatch(List<CodeBlock> vectorFirst, List<CodeBlock> directFirst) {
        CodeBlock vector = call(vectorForm(), vectorFirst);
        CodeBlock direct = call(directForm(), directFirst);
        CodeBlock.Builder code = CodeBlock.builder();
        if (holder) {
            code.addStatement("$T.requireNonNull($L)", Objects.class, variables.result());
        }
        requiredPointers.forEach(pointer -> code.add(refuseNull(pointer)));
        if (methods.returned().equals(TypeName.VOID)) {
            return code.beginControlFlow("if ($T.VECTOR)", RuntimeClasses.FORMS)
                    .addStatement(vector)
                    .nextControlFlow("else")
                    .addStatement(direct)
                    .endControlFlow()
                    .build();
        }
        CodeBlock result = CodeBlock.of("$T.VECTOR ? $L : $L", RuntimeClasses.FORMS, vector, direct);
        if (!holder) {
            return code.addStatement("return $L", result).build();
        }
        String ending = HolderWriter.ending(unit);
        return code.addStatement("$L.$L = $L", variables.result(), ending, result)
                .addStatement("return $L.$L", variables.result(), ending)
                .build();
    }

    private CodeBlock refuseNull(Parameter pointer) {
        String parameter = variables.parameter(pointer);
        return CodeBlock.builder()
                .beginControlFlow("if ($L == 0)", parameter)
                .addStatement("throw new $T($S)", IllegalArgumentException.class, parameter + " is null")
                .endControlFlow()
                .build();
    }

    /** Whoever is stopped by others again and again excludes them. */
    private RenderedForm vectorForm(VectorUnit transaction) {
        RenderedForm form = VectorForm.render(transaction, layout);
        if (!transaction.canRetry()) {
            return form;
        }
        CodeBlock excluding = returning(directForm(), List.of(CodeBlock.of("$L", variables.cpu())));
        CodeBlock body = CodeBlock.builder().add(form.body()).add(excluding).build();
        return new RenderedForm(body, form.parts());
    }

    private CodeBlock call(String method, List<CodeBlock> first) {
        return CodeBlock.of("$L($L)", method, methods.arguments(first));
    }

    private CodeBlock returning(String method, List<CodeBlock> first) {
        return CodeBlock.builder()
                .addStatement(methods.returning(call(method, first)))
                .build();
    }
}
