// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.check;

import dev.opvc.compiler.ast.Declaration;
import dev.opvc.compiler.ast.Declaration.ConstDeclaration;
import dev.opvc.compiler.ast.Declaration.StructDeclaration;
import dev.opvc.compiler.ast.Declaration.TableDeclaration;
import dev.opvc.compiler.ast.Declaration.UnitDeclaration;
import dev.opvc.compiler.ast.SourceUnit;
import dev.opvc.compiler.ast.TypeReference;
import dev.opvc.compiler.diagnostic.Diagnostic;
import dev.opvc.compiler.diagnostic.DiagnosticCode;
import dev.opvc.compiler.diagnostic.Diagnostics;
import dev.opvc.compiler.language.Identifier;
import dev.opvc.compiler.model.ConstantDefinition;
import dev.opvc.compiler.model.ConstantValue;
import dev.opvc.compiler.model.Namespace;
import dev.opvc.compiler.model.PointerType;
import dev.opvc.compiler.model.ScalarType;
import dev.opvc.compiler.model.StructType;
import dev.opvc.compiler.model.Table;
import dev.opvc.compiler.model.Type;
import dev.opvc.compiler.source.Span;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * The structs and constants that a file defines, and those that it sees because it imports their file.
 *
 * <p>They may refer to each other in any order, so each is resolved when it is first needed.
 */
final class Definitions {
    private final SourceUnit unit;
    private final Diagnostics diagnostics;
    private final Names names;
    private final Namespace namespace;
    private final Map<String, Declaration> declared = new LinkedHashMap<>();
    private final Set<String> declaredTwice = new HashSet<>();
    private final Map<String, ConstantEntry> constants = new LinkedHashMap<>();
    private final Map<String, TableEntry> tables = new LinkedHashMap<>();
    private final Set<Table> usedTables = new LinkedHashSet<>();
    private final Map<String, StructEntry> structs = new LinkedHashMap<>();
    private final Map<String, Definitions> imported = new HashMap<>();
    private final Resolution resolution;

    /** The definitions of an imported file, and where it is imported. */
    record Imported(Definitions definitions, Span span) {}

    Definitions(SourceUnit unit, List<Imported> imports, Diagnostics diagnostics) {
        this.unit = unit;
        this.diagnostics = diagnostics;
        this.names = new Names(diagnostics);
        this.namespace = namespaceOf(unit);
        this.resolution = new Resolution(diagnostics);
        unit.declarations().forEach(this::declare);
        imports.forEach(this::importFrom);
    }

    Namespace namespace() {
        return namespace;
    }

    private static Namespace namespaceOf(SourceUnit unit) {
        String packageName = String.join(
                ".", unit.packageName().stream().map(Identifier::text).toList());
        return new Namespace(
                packageName, unit.prefix() == null ? "" : unit.prefix().text());
    }

    private void declare(Declaration declaration) {
        Identifier name = declaration.name();
        Declaration first = declared.putIfAbsent(name.text(), declaration);
        if (first != null) {
            diagnostics.report(
                    Diagnostic.at(name.span(), DiagnosticCode.DUPLICATE_NAME, "`" + name + "` is defined twice")
                            .note(first.name().span(), "first here"));
            declaredTwice.add(name.text());
            return;
        }
        declaration.match(new Kinds());
    }

    /** Enters each kind of declaration under its name. */
    private final class Kinds implements Declaration.Cases<Void> {
        @Override
        public Void constant(ConstDeclaration constant) {
            names.constant(constant.name());
            constants.put(constant.name().text(), new ConstantEntry(constant));
            return null;
        }

        @Override
        public Void table(TableDeclaration table) {
            names.constant(table.name());
            tables.put(table.name().text(), new TableEntry(table));
            return null;
        }

        @Override
        public Void struct(StructDeclaration struct) {
            names.type(struct.name());
            StructType type = new StructType(struct.name(), struct.perCpu(), namespace, struct.doc());
            structs.put(struct.name().text(), new StructEntry(struct, type));
            return null;
        }

        @Override
        public Void unit(UnitDeclaration unit) {
            names.value(unit.name());
            return null;
        }
    }

    private void importFrom(Imported imports) {
        Definitions other = imports.definitions();
        List<String> offered = new ArrayList<>(other.constants.keySet());
        offered.addAll(other.tables.keySet());
        offered.addAll(other.structs.keySet());
        for (String name : offered) {
            Declaration own = declared.get(name);
            Definitions earlier = imported.putIfAbsent(name, other);
            if (own != null) {
                reportImported(own.name().span(), name, other);
            } else if (earlier != null && earlier != other) {
                reportImportedTwice(imports.span(), name, earlier, other);
            }
        }
    }

    private void reportImported(Span span, String name, Definitions other) {
        diagnostics.report(
                Diagnostic.at(span, DiagnosticCode.DUPLICATE_NAME, "`" + name + "` is also defined by an imported file")
                        .note(other.place(name), "there")
                        .help("rename one of the two"));
    }

    private void reportImportedTwice(Span span, String name, Definitions earlier, Definitions other) {
        diagnostics.report(Diagnostic.at(
                        span, DiagnosticCode.DUPLICATE_NAME, "two imported files define `" + name + "`, this one too")
                .note(earlier.place(name), "defined here")
                .note(other.place(name), "and here")
                .help("rename one of the two, or do not import both"));
    }

    private Span place(String name) {
        return Objects.requireNonNull(declared.get(name)).name().span();
    }

    /** Resolves everything in the file, so that all of it has been checked. */
    void resolveAll() {
        constants.values().forEach(this::resolve);
        tables.values().forEach(this::resolve);
        structs.values().forEach(this::resolve);
    }

    /** The constants of the file that are right, in the order written. */
    List<ConstantDefinition> constantDefinitions() {
        return constants.values().stream()
                .flatMap(entry -> entry.definition().stream())
                .toList();
    }

    /** The tables of the file that are right, in the order written, and those of others that it has used so far. */
    List<Table> tables() {
        Set<Table> all = new LinkedHashSet<>();
        tables.values().forEach(entry -> entry.table().ifPresent(all::add));
        all.addAll(usedTables);
        return List.copyOf(all);
    }

    boolean hasTable(String name) {
        Definitions other = imported.get(name);
        return tables.containsKey(name) || (other != null && other.tables.containsKey(name));
    }

    /** A table that exists; empty if it is in error, which has been reported. */
    Optional<Table> table(String name, Span use) {
        TableEntry entry = tables.get(name);
        Optional<Table> table;
        if (entry == null) {
            table = Objects.requireNonNull(imported.get(name)).table(name, use);
        } else if (entry.isBeingResolved()) {
            Resolution.reportRecursion(name, use, "a table is computed from others", diagnostics);
            table = Optional.empty();
        } else {
            resolve(entry);
            table = entry.table();
        }
        table.ifPresent(usedTables::add);
        return table;
    }

    private void resolve(TableEntry entry) {
        resolution.resolve(entry, () -> entry.define(this, diagnostics));
    }

    /** The structs of the file, in the order written. */
    List<StructType> structTypes() {
        return structs.values().stream().map(StructEntry::type).toList();
    }

    boolean hasConstant(String name) {
        Definitions other = imported.get(name);
        return constants.containsKey(name) || (other != null && other.constants.containsKey(name));
    }

    /** The value of a constant that exists; empty if it is in error, which has been reported. */
    Optional<ConstantValue> constant(String name, Span use) {
        ConstantEntry entry = constants.get(name);
        if (entry == null) {
            return Objects.requireNonNull(imported.get(name)).constant(name, use);
        }
        if (entry.isBeingResolved()) {
            Resolution.reportRecursion(name, use, "a constant is computed from others", diagnostics);
            return Optional.empty();
        }
        resolve(entry);
        return entry.value();
    }

    private void resolve(ConstantEntry entry) {
        resolution.resolve(entry, () -> entry.define(this, diagnostics));
    }

    private void resolve(StructEntry entry) {
        resolution.resolve(entry, () -> new StructChecker(this, diagnostics).define(entry));
    }

    /** A type whose size is known; empty if it is in error, which has been reported. */
    Optional<Type> type(TypeReference reference) {
        return named(reference).filter(Definitions::hasSize);
    }

    /** Whether a type's size is known: a struct's is not if its definition is in error. */
    static boolean hasSize(Type type) {
        return !(type instanceof StructType struct) || struct.complete();
    }

    /**
     * The type that a reference names, which may be a struct whose definition is in error. Empty, and a report, if
     * there is none, or if it is a struct that is just being defined and would hold itself.
     */
    Optional<Type> named(TypeReference reference) {
        Optional<? extends Type> named = ScalarType.named(reference.name());
        if (named.isEmpty()) {
            named = struct(reference);
        }
        return named.map(type -> {
            Type result = type;
            for (int i = 0; i < reference.pointers(); i++) {
                result = new PointerType(result);
            }
            return result;
        });
    }

    private Optional<StructType> struct(TypeReference reference) {
        Optional<Definitions> owner = owner(reference.name());
        if (owner.isEmpty()) {
            if (!mayDefine(reference.name())) {
                diagnostics.report(Diagnostic.at(
                                reference.span(),
                                DiagnosticCode.UNKNOWN_NAME,
                                "there is no type `" + reference.name() + "`")
                        .help(suggestion(reference)));
            }
            return Optional.empty();
        }
        StructEntry entry = Objects.requireNonNull(owner.get().structs.get(reference.name()));
        if (reference.pointers() > 0) {
            return Optional.of(entry.type());
        }
        if (entry.isBeingResolved()) {
            Resolution.reportRecursion(
                    reference.name(),
                    reference.span(),
                    "a struct may hold a pointer to itself, but not itself",
                    diagnostics);
            return Optional.empty();
        }
        owner.get().resolve(entry);
        return Optional.of(entry.type());
    }

    private String suggestion(TypeReference reference) {
        Optional<String> alike =
                diagnostics.areMany() ? Optional.empty() : Suggestions.among(reference.name(), typeNames());
        return ForeignWords.type(reference.name())
                .or(() -> alike)
                .orElse("declare `struct " + withoutStars(reference.span().excerpt()) + " { … }`, or import its file");
    }

    private static String withoutStars(String type) {
        return type.replaceFirst("[\\s*]+$", "");
    }

    private Optional<Definitions> owner(String structName) {
        if (structs.containsKey(structName)) {
            return Optional.of(this);
        }
        Definitions other = imported.get(structName);
        return other != null && other.structs.containsKey(structName) ? Optional.of(other) : Optional.empty();
    }

    private List<String> typeNames() {
        List<String> all = new ArrayList<>(structs.keySet());
        imported.forEach((name, other) -> {
            if (other.structs.containsKey(name)) {
                all.add(name);
            }
        });
        for (ScalarType scalar : ScalarType.values()) {
            all.add(scalar.toString());
        }
        return all;
    }

    /** Everything an expression may name, for suggestions. */
    List<String> constantNames() {
        List<String> all = new ArrayList<>(constants.keySet());
        all.addAll(tables.keySet());
        imported.forEach((name, other) -> {
            if (other.constants.containsKey(name) || other.tables.containsKey(name)) {
                all.add(name);
            }
        });
        return all;
    }

    /** Whether a name that is not found may be one all the same: its definition has been reported. */
    boolean mayDefine(String name) {
        return mayLackNames() || declaredTwice.contains(name);
    }

    /** Whether a name that is not found may be defined in a part of the file that could not be parsed. */
    boolean mayLackNames() {
        return !unit.complete();
    }
}
