// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.check;

import dev.opvc.compiler.ast.Declaration.FieldDeclaration;
import dev.opvc.compiler.ast.Expression;
import dev.opvc.compiler.diagnostic.Diagnostic;
import dev.opvc.compiler.diagnostic.DiagnosticCode;
import dev.opvc.compiler.diagnostic.Diagnostics;
import dev.opvc.compiler.language.Identifier;
import dev.opvc.compiler.model.Abi;
import dev.opvc.compiler.model.ArrayType;
import dev.opvc.compiler.model.Expr;
import dev.opvc.compiler.model.Field;
import dev.opvc.compiler.model.StructType;
import dev.opvc.compiler.model.Type;
import dev.opvc.compiler.source.Span;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Defines structs: the types, sizes and initial values of their fields. */
final class StructChecker {
    /** Bytes of one struct, at most: a slot of every possible CPU has to hold it. */
    static final long STRUCT_SIZE_MAX = 1 << 20;

    private final Definitions definitions;
    private final Diagnostics diagnostics;
    private final Names names;

    StructChecker(Definitions definitions, Diagnostics diagnostics) {
        this.definitions = definitions;
        this.diagnostics = diagnostics;
        this.names = new Names(diagnostics);
    }

    static void reportSize(Span span, String what, Diagnostics diagnostics) {
        diagnostics.report(
                Diagnostic.at(span, DiagnosticCode.STRUCT_SIZE, what + " is larger than " + STRUCT_SIZE_MAX + " bytes")
                        .help("every possible CPU has a copy: keep a pointer to large data instead"));
    }

    void define(StructEntry entry) {
        List<Field> fields = new ArrayList<>();
        Map<String, Identifier> seen = new HashMap<>();
        boolean wellFormed = !entry.declaration().broken();
        for (FieldDeclaration declaration : entry.declaration().fields()) {
            names.value(declaration.name());
            Identifier first = seen.putIfAbsent(declaration.name().text(), declaration.name());
            if (first != null) {
                diagnostics.report(Diagnostic.at(
                                declaration.name().span(),
                                DiagnosticCode.DUPLICATE_NAME,
                                "`" + declaration.name() + "` is a field already")
                        .note(first.span(), "first here"));
                wellFormed = false;
                continue;
            }
            Optional<Field> field = field(declaration);
            field.ifPresent(fields::add);
            wellFormed &= field.isPresent();
        }
        wellFormed &= checkSize(entry, fields, wellFormed);
        entry.type().define(fields, wellFormed);
    }

    private boolean checkSize(StructEntry entry, List<Field> fields, boolean wellFormed) {
        Identifier name = entry.name();
        if (fields.isEmpty()) {
            if (wellFormed) {
                diagnostics.report(
                        Diagnostic.at(name.span(), DiagnosticCode.BAD_TYPE, "a struct has at least one field"));
            }
            return false;
        }
        // A sum of fields of at most STRUCT_SIZE_MAX bytes each fits a long, so the layout can be made and looked at.
        entry.type().define(fields, wellFormed);
        if (entry.type().size(Abi.LP64) > STRUCT_SIZE_MAX) {
            reportSize(name.span(), "`" + name + "`", diagnostics);
            fields.clear();
            return false;
        }
        return true;
    }

    private Optional<Field> field(FieldDeclaration declaration) {
        Optional<Type> type = definitions
                .named(declaration.type())
                .filter(each -> mayBeHeld(each, declaration.type().span()))
                .filter(Definitions::hasSize)
                .flatMap(each -> new ArrayChecker(definitions, diagnostics).array(each, declaration.lengths()));
        if (type.isEmpty()) {
            return Optional.empty();
        }
        if (declaration.initial() == null) {
            return Optional.of(new Field(declaration.name(), type.get(), null, declaration.doc()));
        }
        return initial(declaration.initial(), type.get())
                .map(initial -> new Field(declaration.name(), type.get(), initial, declaration.doc()));
    }

    private boolean mayBeHeld(Type type, Span span) {
        if (!(type instanceof StructType struct) || !struct.perCpu()) {
            return true;
        }
        diagnostics.report(
                Diagnostic.at(span, DiagnosticCode.BAD_TYPE, "a field cannot hold the percpu struct `" + struct + "`")
                        .help("remove `percpu` from `" + struct + "`, or let the field be a pointer"));
        return false;
    }

    /** Of an array, what each value begins with that it is made of. */
    private Optional<Expr.Constant> initial(Expression value, Type type) {
        Type each = type;
        while (each instanceof ArrayType array) {
            each = array.element();
        }
        if (!each.isValue()) {
            diagnostics.report(Diagnostic.at(
                            value.span(),
                            DiagnosticCode.BAD_INITIAL_VALUE,
                            "a field of type `" + type + "` cannot have an initial value")
                    .help("remove it, and give the fields of `" + each + "` initial values"));
            return Optional.empty();
        }
        return new ExpressionChecker(definitions, Scope.empty(), diagnostics).constantOf(value, each);
    }
}
