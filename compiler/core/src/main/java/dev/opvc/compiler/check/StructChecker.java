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
                reportDuplicate(declaration.name(), first);
                wellFormed = false;
                continue;
            }
            boolean last = declaration.equals(lastOf(entry));
            Optional<List<Field>> added = SizedArrayChecker.isSized(declaration)
                    ? sizedArray(declaration, entry.type().perCpu(), last, seen)
                    : field(declaration).map(List::of);
            added.ifPresent(fields::addAll);
            wellFormed &= added.isPresent();
        }
        wellFormed &= checkSize(entry, fields, wellFormed);
        entry.type().define(fields, wellFormed);
    }

    private static FieldDeclaration lastOf(StructEntry entry) {
        List<FieldDeclaration> fields = entry.declaration().fields();
        return fields.get(fields.size() - 1);
    }

    /** The array, and in front of it the field that holds its length. */
    private Optional<List<Field>> sizedArray(
            FieldDeclaration declaration, boolean inPerCpu, boolean last, Map<String, Identifier> seen) {
        SizedArrayChecker sized = new SizedArrayChecker(diagnostics);
        if (!sized.mayStand(declaration, inPerCpu, last)) {
            return Optional.empty();
        }
        Optional<Identifier> length = sized.name(declaration);
        Optional<Field> array = field(declaration);
        if (length.isEmpty() || array.isEmpty()) {
            return Optional.empty();
        }
        names.value(length.get());
        Identifier first = seen.putIfAbsent(length.get().text(), length.get());
        if (first != null) {
            reportDuplicate(length.get(), first);
            return Optional.empty();
        }
        return Optional.of(List.of(SizedArrayChecker.lengthField(length.get()), array.get()));
    }

    private void reportDuplicate(Identifier name, Identifier first) {
        diagnostics.report(
                Diagnostic.at(name.span(), DiagnosticCode.DUPLICATE_NAME, "`" + name + "` is a field already")
                        .note(first.span(), "first here"));
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
        long ofTail =
                entry.type().tail().map(tail -> tail.type().size(Abi.LP64)).orElse(0L);
        if (entry.type().size(Abi.LP64) + ofTail > STRUCT_SIZE_MAX) {
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
