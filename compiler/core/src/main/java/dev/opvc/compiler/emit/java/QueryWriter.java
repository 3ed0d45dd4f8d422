// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.java;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import dev.opvc.compiler.model.Parameter;
import dev.opvc.compiler.vector.QueryUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import javax.lang.model.element.Modifier;

/** Writes a query: its methods, and the class that holds its results if they are not simply returned. */
final class QueryWriter {
    private final QueryUnit query;
    private final JavaLayout layout;
    private final QueryLocals locals;
    private final QueryDocs docs;
    private final ClassName results;
    private final boolean holder;

    QueryWriter(QueryUnit query, JavaLayout layout) {
        this.query = query;
        this.layout = layout;
        this.locals = new QueryLocals(query, layout);
        this.docs = new QueryDocs(query, locals);
        this.results = layout.resultsOf(query);
        this.holder = QueryHolderWriter.isNeeded(query);
    }

    void write(TypeSpec.Builder target) {
        String name = query.name().text();
        if (holder) {
            target.addMethod(allocating());
        }
        target.addMethod(choosing());
        target.addMethod(form(JavaNames.vectorForm(name), QueryBody.vector(query, layout)));
        target.addMethod(form(JavaNames.directForm(name), QueryBody.direct(query, layout)));
        if (holder) {
            target.addType(new QueryHolderWriter(query, layout).write());
        }
    }

    private MethodSpec allocating() {
        MethodSpec.Builder method =
                method(Modifier.PUBLIC).addJavadoc(docs.ofAllocating()).returns(results);
        addParameters(method);
        return method.addStatement("$T $L = new $T()", results, locals.result(), results)
                .addStatement("$L($L)", JavaNames.unit(query.name().text()), arguments())
                .addStatement("return $L", locals.result())
                .build();
    }

    private MethodSpec choosing() {
        MethodSpec.Builder method =
                method(Modifier.PUBLIC).addJavadoc(docs.ofQuery()).returns(returned());
        addParameters(method);
        addHolder(method);
        String name = query.name().text();
        CodeBlock vector = CodeBlock.of("$L($L)", JavaNames.vectorForm(name), arguments());
        CodeBlock direct = CodeBlock.of("$L($L)", JavaNames.directForm(name), arguments());
        if (!holder) {
            return method.addStatement("return $T.VECTOR ? $L : $L", RuntimeClasses.FORMS, vector, direct)
                    .build();
        }
        return method.addStatement("$T.requireNonNull($L)", Objects.class, locals.result())
                .beginControlFlow("if ($T.VECTOR)", RuntimeClasses.FORMS)
                .addStatement(vector)
                .nextControlFlow("else")
                .addStatement(direct)
                .endControlFlow()
                .build();
    }

    private MethodSpec form(String name, CodeBlock body) {
        MethodSpec.Builder method =
                MethodSpec.methodBuilder(name).addModifiers(Modifier.PRIVATE).returns(returned());
        if (layout.receiver(query).isEmpty()) {
            method.addModifiers(Modifier.STATIC);
        }
        addParameters(method);
        addHolder(method);
        return method.addCode(body).build();
    }

    private TypeName returned() {
        return holder
                ? TypeName.VOID
                : JavaType.of(query.results().get(0).type()).typeName();
    }

    private MethodSpec.Builder method(Modifier modifier) {
        MethodSpec.Builder method =
                MethodSpec.methodBuilder(JavaNames.unit(query.name().text())).addModifiers(modifier);
        return layout.receiver(query).isPresent() ? method : method.addModifiers(Modifier.STATIC);
    }

    private void addParameters(MethodSpec.Builder method) {
        passed().forEach(parameter -> method.addParameter(type(parameter), locals.parameter(parameter)));
    }

    private void addHolder(MethodSpec.Builder method) {
        if (holder) {
            method.addParameter(results, locals.result());
        }
    }

    private CodeBlock arguments() {
        List<CodeBlock> all = new ArrayList<>();
        passed().forEach(parameter -> all.add(CodeBlock.of("$L", locals.parameter(parameter))));
        if (holder) {
            all.add(CodeBlock.of("$L", locals.result()));
        }
        return CodeBlock.join(all, ", ");
    }

    private List<Parameter> passed() {
        return query.parameters().stream()
                .filter(parameter -> !locals.isReceiver(parameter))
                .toList();
    }

    private TypeName type(Parameter parameter) {
        return parameter.perCpu()
                ? layout.classOf(parameter.struct())
                : JavaType.of(parameter.type()).typeName();
    }
}
