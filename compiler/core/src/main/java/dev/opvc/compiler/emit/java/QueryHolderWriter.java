// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.java;

import com.palantir.javapoet.ArrayTypeName;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import dev.opvc.compiler.model.ArrayType;
import dev.opvc.compiler.model.Result;
import dev.opvc.compiler.vector.FoldedValue;
import dev.opvc.compiler.vector.QueryResult;
import dev.opvc.compiler.vector.QueryUnit;
import java.util.Set;
import java.util.stream.Collectors;
import javax.lang.model.element.Modifier;

/**
 * Writes the class whose instances hold the results of a query. An array is there twice: one has the last results, the
 * other gets those of the next call, and when that is done they change places.
 */
final class QueryHolderWriter {
    private static final String SPARE_PREFIX = "next_";
    private static final String LENGTH_SUFFIX = "_LENGTH";
    private static final String ESCAPE = "_";

    private final QueryUnit query;
    private final JavaLayout layout;

    QueryHolderWriter(QueryUnit query, JavaLayout layout) {
        this.query = query;
        this.layout = layout;
    }

    /** Whether a query's results are more than what a method can return. */
    static boolean isNeeded(QueryUnit query) {
        return query.results().size() != 1 || !query.results().get(0).type().isValue();
    }

    /** The field for the array that the next call folds into. */
    static String spare(QueryUnit query, FoldedValue folded) {
        for (QueryResult value : query.values()) {
            if (value instanceof QueryResult.Array array && array.folded() == folded) {
                return spare(query, array.result());
            }
        }
        throw new IllegalArgumentException("folded for no result");
    }

    private static String spare(QueryUnit query, Result result) {
        Set<String> taken = query.results().stream()
                .map(each -> JavaNames.result(each.name()))
                .collect(Collectors.toSet());
        String name = JavaNames.variable(SPARE_PREFIX + result.name());
        while (taken.contains(name)) {
            name += ESCAPE;
        }
        return name;
    }

    TypeSpec write() {
        TypeSpec.Builder type = TypeSpec.classBuilder(layout.resultsOf(query).simpleName())
                .addModifiers(Modifier.PUBLIC, Modifier.STATIC, Modifier.FINAL)
                .addJavadoc(
                        "Gets what {@code $L} gives, at each call anew. The results change when it comes to its end, and"
                                + " only then.\n\n<p>For one thread at a time.",
                        query.name());
        query.results().forEach(result -> addFields(result, type));
        type.addMethod(MethodSpec.constructorBuilder()
                .addModifiers(Modifier.PUBLIC)
                .addJavadoc("Makes one in which all results are zero.")
                .build());
        query.results().forEach(result -> type.addMethod(accessor(result)));
        return type.build();
    }

    private void addFields(Result result, TypeSpec.Builder type) {
        String name = JavaNames.result(result.name());
        if (!(result.type() instanceof ArrayType array)) {
            type.addField(JavaType.of(result.type()).typeName(), name, Modifier.PRIVATE);
            return;
        }
        String length = length(result);
        type.addField(FieldSpec.builder(TypeName.INT, length, Modifier.PUBLIC, Modifier.STATIC, Modifier.FINAL)
                .addJavadoc("How many elements {@code $L} has.", result.name())
                .initializer("$L", array.length())
                .build());
        addArray(array, name, length, type);
        addArray(array, spare(query, result), length, type);
    }

    private static void addArray(ArrayType array, String name, String length, TypeSpec.Builder type) {
        TypeName element = JavaType.of(array.element()).typeName();
        type.addField(FieldSpec.builder(ArrayTypeName.of(element), name, Modifier.PRIVATE)
                .initializer("new $T[$L]", element, length)
                .build());
    }

    private static String length(Result result) {
        return JavaNames.constant(result.name()) + LENGTH_SUFFIX;
    }

    private static MethodSpec accessor(Result result) {
        if (!(result.type() instanceof ArrayType array)) {
            return HolderWriter.accessor(result);
        }
        String name = JavaNames.result(result.name());
        return MethodSpec.methodBuilder(name)
                .addModifiers(Modifier.PUBLIC)
                .addJavadoc("Reads an element of {@code $L}.\n\n", result.name())
                .addJavadoc("@param index 0 to {@link #$L} - 1\n", length(result))
                .addJavadoc("@return $L\n", TypeDocs.value(array.element()))
                .addJavadoc("@throws IndexOutOfBoundsException if there is no such element")
                .returns(JavaType.of(array.element()).typeName())
                .addParameter(TypeName.INT, "index")
                .addStatement("return $L[index]", name)
                .build();
    }
}
