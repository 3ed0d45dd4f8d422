// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.java.names;

import com.palantir.javapoet.ClassName;
import dev.opvc.compiler.diagnostic.Diagnostic;
import dev.opvc.compiler.diagnostic.DiagnosticCode;
import dev.opvc.compiler.diagnostic.Diagnostics;
import dev.opvc.compiler.emit.java.types.ResultForm;
import dev.opvc.compiler.language.UnitKind;
import dev.opvc.compiler.model.ArrayType;
import dev.opvc.compiler.model.ConstantDefinition;
import dev.opvc.compiler.model.Field;
import dev.opvc.compiler.model.Outcome;
import dev.opvc.compiler.model.Parameter;
import dev.opvc.compiler.model.Result;
import dev.opvc.compiler.model.StructType;
import dev.opvc.compiler.model.Table;
import dev.opvc.compiler.source.Span;
import dev.opvc.compiler.vector.LoweredUnit;
import dev.opvc.compiler.vector.VectorProgram;
import dev.opvc.compiler.vector.VectorUnit;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Reports names that Java, or a file system, could not tell apart, and classes that have no name where it is needed. */
public final class NameCheck {
    private final JavaLayout layout;
    private final VectorProgram program;
    private final Diagnostics diagnostics;

    private NameCheck(JavaLayout layout, Diagnostics diagnostics) {
        this.layout = layout;
        this.program = layout.program();
        this.diagnostics = diagnostics;
    }

    public static void check(JavaLayout layout, Diagnostics diagnostics) {
        NameCheck check = new NameCheck(layout, diagnostics);
        check.classes();
        layout.program().structs().forEach(check::fields);
        check.constants();
        check.methods();
        check.outcomeClasses();
        layout.program().units().forEach(check::outcomes);
        layout.program().allUnits().forEach(unit -> results(unit, diagnostics));
        layout.program().allUnits().forEach(check::perCpuClassesHaveNames);
    }

    private void classes() {
        NameScope scope = NameScope.ofClasses("class", diagnostics);
        if (layout.hasOperations()) {
            Span beginning = new Span(program.file(), 0, 0);
            scope.declare(layout.operations().simpleName(), "the rest of the file", beginning);
        }
        program.structs().forEach(struct -> declareClass(scope, struct));
    }

    private void fields(StructType struct) {
        String name = layout.accessorsOf(struct).simpleName();
        NameScope accessors = NameScope.of("accessor of class " + name, diagnostics);
        NameScope offsets = NameScope.of("constant of class " + name, diagnostics);
        for (Field field : struct.fields()) {
            String source = quoted(field.name());
            if (accessors.declare(JavaNames.accessor(field.name()), source, span(field))) {
                offsets.declare(JavaNames.offset(field.name()), source, span(field));
            }
        }
    }

    /** A constant hides a class of the same name. */
    private void constants() {
        NameScope scope = NameScope.of("constant or class", diagnostics);
        declareVisibleClasses(scope);
        for (ConstantDefinition constant : program.constants()) {
            String name = constant.name().text();
            scope.declare(
                    JavaNames.constant(name), quoted(name), constant.name().span());
        }
        for (Table table : program.tables()) {
            String name = table.name().text();
            scope.declare(JavaNames.table(name), quoted(name), table.name().span());
        }
    }

    private void methods() {
        Map<ClassName, NameScope> scopes = new LinkedHashMap<>();
        for (StructType struct : program.structs()) {
            struct.tail().ifPresent(tail -> {
                ClassName owner = layout.classOf(struct);
                NameScope scope = NameScope.of("method of class " + owner.simpleName(), diagnostics);
                scope.declare(JavaNames.length(struct), "the length of " + quoted(tail.name()), span(tail));
                scopes.put(owner, scope);
            });
        }
        for (LoweredUnit unit : program.allUnits()) {
            NameScope scope = scopes.computeIfAbsent(
                    layout.owner(unit), owner -> NameScope.of("method of class " + owner.simpleName(), diagnostics));
            String name = unit.name().text();
            boolean distinct = scope.declare(
                    JavaNames.unit(name), quoted(name), unit.name().span());
            if (!unit.perCpuParameters().isEmpty()) {
                scope.declare(
                        JavaNames.unitOnNamedCpu(name),
                        quoted(name),
                        unit.name().span());
            }
            if (distinct && unit.kind() != UnitKind.VECTOR) {
                scope.declare(
                        JavaNames.vectorForm(name), quoted(name), unit.name().span());
                scope.declare(
                        JavaNames.directForm(name), quoted(name), unit.name().span());
            }
        }
    }

    /** A nested class may not have its outer class's name, and hides other classes of its own. */
    private void outcomeClasses() {
        NameScope scope = NameScope.ofClasses("class", diagnostics);
        declareVisibleClasses(scope);
        for (LoweredUnit each : program.allUnits()) {
            if (each instanceof VectorUnit unit && ResultForm.of(unit) == ResultForm.OUTCOME) {
                String source = "the outcomes of " + quoted(unit.name().text());
                scope.declare(
                        layout.outcomesOf(unit).simpleName(),
                        source,
                        unit.name().span());
            }
            if (ResultForm.needsHolder(each)) {
                String source = "the results of " + quoted(each.name().text());
                scope.declare(
                        layout.resultsOf(each).simpleName(), source, each.name().span());
            }
        }
    }

    private static void results(LoweredUnit unit, Diagnostics diagnostics) {
        NameScope scope = NameScope.of("result of " + quoted(unit.name().text()), diagnostics);
        for (Result result : unit.results()) {
            scope.declare(
                    JavaNames.result(result.name()),
                    quoted(result.name()),
                    result.identifier().span());
            if (result.type() instanceof ArrayType array && array.sized()) {
                scope.declare(
                        HolderNames.lengthMethod(result),
                        "the length of " + quoted(result.name()),
                        result.identifier().span());
            }
        }
    }

    private void outcomes(VectorUnit unit) {
        NameScope scope = NameScope.of("outcome of " + quoted(unit.name().text()), diagnostics);
        scope.declare(
                Outcome.COMMITTED,
                "the end without another outcome",
                unit.name().span());
        for (Outcome outcome : unit.outcomes()) {
            scope.declare(
                    JavaNames.constant(outcome.name()),
                    quoted(outcome.name()),
                    unit.name().span());
        }
    }

    private void perCpuClassesHaveNames(LoweredUnit unit) {
        for (Parameter parameter : unit.perCpuParameters()) {
            StructType struct = parameter.struct();
            if (!layout.canName(struct)) {
                String message = String.format(
                        "in Java, code of package `%s` cannot use `%s`, because the file that declares it has no package",
                        program.packageName(), struct);
                diagnostics.report(
                        Diagnostic.at(parameter.identifier().span(), DiagnosticCode.TARGET_NAME_UNREACHABLE, message)
                                .note(struct.identifier().span(), quoted(struct.name()) + " is here")
                                .help("begin that file with a package declaration"));
            }
        }
    }

    private void declareVisibleClasses(NameScope scope) {
        Set<String> seen = new HashSet<>();
        for (StructType struct : layout.visibleStructs()) {
            if (seen.add(layout.classOf(struct).simpleName())) {
                declareClass(scope, struct);
            }
        }
    }

    private void declareClass(NameScope scope, StructType struct) {
        scope.declare(
                layout.classOf(struct).simpleName(),
                quoted(struct.name()),
                struct.identifier().span());
    }

    private static Span span(Field field) {
        return field.identifier().span();
    }

    private static String quoted(String name) {
        return "`" + name + "`";
    }
}
