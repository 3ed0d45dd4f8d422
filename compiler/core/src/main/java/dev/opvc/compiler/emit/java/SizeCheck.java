// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.java;

import com.palantir.javapoet.ClassName;
import dev.opvc.compiler.diagnostic.Diagnostic;
import dev.opvc.compiler.diagnostic.DiagnosticCode;
import dev.opvc.compiler.diagnostic.Diagnostics;
import dev.opvc.compiler.emit.java.forms.BytecodeEstimate;
import dev.opvc.compiler.emit.java.forms.DirectForm;
import dev.opvc.compiler.emit.java.forms.PlanWeight;
import dev.opvc.compiler.emit.java.forms.QueryForm;
import dev.opvc.compiler.emit.java.forms.VectorForm;
import dev.opvc.compiler.emit.java.names.JavaLayout;
import dev.opvc.compiler.language.UnitKind;
import dev.opvc.compiler.model.InitialValue;
import dev.opvc.compiler.model.StructType;
import dev.opvc.compiler.model.Table;
import dev.opvc.compiler.source.Span;
import dev.opvc.compiler.vector.LoweredUnit;
import dev.opvc.compiler.vector.QueryUnit;
import dev.opvc.compiler.vector.VectorProgram;
import dev.opvc.compiler.vector.VectorUnit;
import java.util.HashMap;
import java.util.Map;

/** Reports methods that HotSpot would never compile, and methods and classes that javac would refuse. */
final class SizeCheck {
    /** What the constant pool of a class takes. */
    private static final int CLASS_CONSTANTS_MAX = 65_535;

    /** A class and its methods that come from no unit and no field. */
    private static final int OF_CLASS = 300;

    /** The name of an offset and its value, the name of the accessors, and what initializes it. */
    private static final int OF_FIELD = 7;

    private static final int OF_CONSTANT = 4;
    /** Each takes up to 11 bytes of the method that initializes the class. */
    private static final int TABLE_ELEMENTS_MAX = 4096;

    /** The public methods and the forms, with the calls among them. */
    private static final int OF_UNIT = 16;

    private static final int OF_PARAMETER = 2;

    /** A field of another class, and its accessor. */
    private static final int OF_RESULT = 4;

    /** In the class of outcomes, the bytes of bytecode that make one; in a unit's class, fewer constants. */
    private static final int OF_OUTCOME = 24;

    /** The bytes of bytecode that give a field its initial value. */
    private static final int OF_INITIAL_VALUE = 16;

    /** The same of a field within a struct or array, in a loop for each array around it. */
    private static final int OF_NESTED_INITIAL_VALUE = 64;

    private final JavaLayout layout;
    private final Diagnostics diagnostics;

    private SizeCheck(JavaLayout layout, Diagnostics diagnostics) {
        this.layout = layout;
        this.diagnostics = diagnostics;
    }

    static void check(JavaLayout layout, Diagnostics diagnostics) {
        SizeCheck check = new SizeCheck(layout, diagnostics);
        layout.program().allUnits().forEach(check::methods);
        layout.program().structs().forEach(check::initialValues);
        check.classes();
    }

    private void methods(LoweredUnit unit) {
        Span span = unit.name().span();
        if (unit instanceof VectorUnit transaction) {
            method(transaction.outcomes().size() * OF_OUTCOME, "outcomes of `" + unit.name() + "`", span);
        }
        if (!PlanWeight.isLight(unit)) {
            method(longestMethod(unit), unit.kind().keyword() + " `" + unit.name() + "`", span);
        }
    }

    private int longestMethod(LoweredUnit unit) {
        if (unit instanceof QueryUnit query) {
            return Math.max(
                    BytecodeEstimate.of(QueryForm.vector(query, layout)),
                    BytecodeEstimate.of(QueryForm.direct(query, layout)));
        }
        VectorUnit transaction = (VectorUnit) unit;
        int vector = VectorForm.render(transaction, layout).longestMethod();
        return unit.kind() == UnitKind.VECTOR
                ? vector
                : Math.max(vector, DirectForm.render(transaction, layout).longestMethod());
    }

    private void initialValues(StructType struct) {
        InitialValue.OfStruct initial = (InitialValue.OfStruct) InitialValue.of(struct);
        long bytes = initial.fields().stream()
                .mapToLong(
                        field -> field.stores() * (field.type().isValue() ? OF_INITIAL_VALUE : OF_NESTED_INITIAL_VALUE))
                .sum();
        method(
                (int) Math.min(bytes, Integer.MAX_VALUE),
                "initial values of `" + struct.name() + "`",
                struct.identifier().span());
    }

    /** Reports a method by the estimate of its size. */
    private void method(int bytes, String what, Span span) {
        if (bytes > BytecodeEstimate.METHOD_MAX) {
            String message = String.format(
                    "in Java, %s would need a method of about %d bytes, and there can be none of more than %d",
                    what, bytes, BytecodeEstimate.METHOD_MAX);
            diagnostics.report(Diagnostic.at(span, DiagnosticCode.TARGET_METHOD_TOO_LONG, message)
                    .help("make several of it"));
        } else if (bytes > BytecodeEstimate.COMPILED_MAX) {
            String message = String.format(
                    "in Java, %s needs a method of about %d bytes, and HotSpot does not compile one of more than %d",
                    what, bytes, BytecodeEstimate.COMPILED_MAX);
            diagnostics.report(Diagnostic.at(span, DiagnosticCode.TARGET_METHOD_SLOW, message)
                    .help("make several of it, or run Java with -XX:-DontCompileHugeMethods"));
        }
    }

    private void classes() {
        Map<ClassName, Long> constants = new HashMap<>();
        Map<ClassName, Span> spans = new HashMap<>();
        VectorProgram program = layout.program();
        for (StructType struct : program.structs()) {
            add(layout.accessorsOf(struct), OF_FIELD * (long) struct.fields().size(), constants);
            spans.put(layout.classOf(struct), struct.identifier().span());
            spans.put(layout.accessorsOf(struct), struct.identifier().span());
        }
        add(layout.operations(), OF_CONSTANT * (long) program.constants().size(), constants);
        long elements = program.tables().stream().mapToLong(Table::length).sum();
        add(layout.operations(), OF_CONSTANT * elements, constants);
        if (elements > TABLE_ELEMENTS_MAX) {
            reportTables(elements);
        }
        program.allUnits().forEach(unit -> add(layout.owner(unit), constants(unit), constants));
        constants.forEach((name, count) -> {
            if (count > CLASS_CONSTANTS_MAX) {
                report(name, count, spans.getOrDefault(name, new Span(program.file(), 0, 0)));
            }
        });
    }

    private void reportTables(long elements) {
        String message = String.format(
                "in Java, the tables of this file and those that it uses have %d elements, and %d fit a class",
                elements, TABLE_ELEMENTS_MAX);
        diagnostics.report(Diagnostic.at(
                        layout.program().tables().get(0).name().span(), DiagnosticCode.TARGET_METHOD_TOO_LONG, message)
                .help("spread them over several files"));
    }

    private static void add(ClassName name, long more, Map<ClassName, Long> constants) {
        constants.merge(name, OF_CLASS + more, (before, withClass) -> before + more);
    }

    private static long constants(LoweredUnit unit) {
        return OF_UNIT
                + OF_PARAMETER * (long) unit.parameters().size()
                + OF_RESULT * (long) unit.results().size()
                + PlanWeight.of(unit).constants();
    }

    private void report(ClassName name, long count, Span span) {
        String message = String.format(
                "in Java, class `%s` would need about %d constants, and there can be no more than %d",
                name.simpleName(), count, CLASS_CONSTANTS_MAX);
        diagnostics.report(Diagnostic.at(span, DiagnosticCode.TARGET_CLASS_TOO_LARGE, message)
                .help("spread what is in it over several structs or files"));
    }
}
