// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.check;

import dev.opvc.compiler.ast.Declaration;
import dev.opvc.compiler.ast.Declaration.ConstDeclaration;
import dev.opvc.compiler.ast.Declaration.FieldDeclaration;
import dev.opvc.compiler.ast.Declaration.StructDeclaration;
import dev.opvc.compiler.ast.Expression;
import dev.opvc.compiler.language.Identifier;
import dev.opvc.compiler.ast.SourceUnit;
import dev.opvc.compiler.ast.TypeReference;
import dev.opvc.compiler.diagnostic.Diagnostic;
import dev.opvc.compiler.diagnostic.DiagnosticCode;
import dev.opvc.compiler.diagnostic.Diagnostics;
import dev.opvc.compiler.model.Abi;
import dev.opvc.compiler.model.ArrayType;
import dev.opvc.compiler.model.ConstantDefinition;
import dev.opvc.compiler.model.Expr;
import dev.opvc.compiler.model.Field;
import dev.opvc.compiler.model.PointerType;
import dev.opvc.compiler.model.ScalarType;
import dev.opvc.compiler.model.StructType;
import dev.opvc.compiler.model.Type;
import dev.opvc.compiler.model.ConstantValue;
import dev.opvc.compiler.model.ConstantValue.IntegerValue;
import dev.opvc.compiler.source.Span;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The structs and constants that a file defines, and those that it sees because it imports their file.
 *
 * <p>They may refer to each other in any order, so each is resolved when it is first needed; meeting one that is still
 * being resolved means that it needs itself.
 */
final class Definitions {
    /** Bytes of one struct, at most: a slot of every possible CPU has to hold it. */
    static final long STRUCT_SIZE_MAX = 1 << 20;

    /** How many definitions may need each other in a row. */
    static final int DEPENDENCY_DEPTH_MAX = 100;

    private enum State {
        UNRESOLVED,
        RESOLVING,
        RESOLVED
    }

    private static final class ConstantEntry {
        private final ConstDeclaration declaration;
        private State state = State.UNRESOLVED;
        private @Nullable ConstantValue value;

        ConstantEntry(ConstDeclaration declaration) {
            this.declaration = declaration;
        }
    }

    private static final class StructEntry {
        private final StructDeclaration declaration;
        private final StructType type;
        private State state = State.UNRESOLVED;

        StructEntry(StructDeclaration declaration, StructType type) {
            this.declaration = declaration;
            this.type = type;
        }
    }

    private final SourceUnit unit;
    private final Diagnostics diagnostics;
    private final Names names;
    private final Map<String, Declaration> declared = new LinkedHashMap<>();
    private final Map<String, ConstantEntry> constants = new LinkedHashMap<>();
    private final Map<String, StructEntry> structs = new LinkedHashMap<>();
    private final Map<String, Definitions> imported = new HashMap<>();
    private int depth;

    /** The definitions of an imported file, and where it is imported. */
    record Imported(Definitions definitions, Span span) {}

    Definitions(SourceUnit unit, List<Imported> imports, Diagnostics diagnostics) {
        this.unit = unit;
        this.diagnostics = diagnostics;
        this.names = new Names(diagnostics);
        unit.declarations().forEach(this::declare);
        imports.forEach(this::importFrom);
    }

    String packageName() {
        return String.join(
                ".", unit.packageName().stream().map(Identifier::text).toList());
    }

    private void declare(Declaration declaration) {
        Identifier name = declaration.name();
        Declaration first = declared.putIfAbsent(name.text(), declaration);
        if (first != null) {
            diagnostics.report(
                    Diagnostic.at(name.span(), DiagnosticCode.DUPLICATE_NAME, "`" + name + "` is defined twice")
                            .note(first.name().span(), "first here"));
            return;
        }
        if (declaration instanceof ConstDeclaration constant) {
            names.constant(name);
            constants.put(name.text(), new ConstantEntry(constant));
        } else if (declaration instanceof StructDeclaration struct) {
            names.type(name);
            StructType type = new StructType(name, struct.perCpu(), packageName(), struct.doc());
            structs.put(name.text(), new StructEntry(struct, type));
        } else {
            names.value(name);
        }
    }

    private void importFrom(Imported imports) {
        Definitions other = imports.definitions();
        List<String> offered = new ArrayList<>(other.constants.keySet());
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
        return java.util.Objects.requireNonNull(declared.get(name)).name().span();
    }

    /** Resolves everything in the file, so that all of it has been checked. */
    void resolveAll() {
        constants.values().forEach(this::resolve);
        structs.values().forEach(this::resolve);
    }

    /** The constants of the file that are right, in the order written. */
    List<ConstantDefinition> constantDefinitions() {
        List<ConstantDefinition> result = new ArrayList<>();
        for (ConstantEntry entry : constants.values()) {
            if (entry.value != null) {
                result.add(new ConstantDefinition(entry.declaration.name(), entry.value, entry.declaration.doc()));
            }
        }
        return result;
    }

    /** The structs of the file, in the order written. */
    List<StructType> structTypes() {
        return structs.values().stream().map(entry -> entry.type).toList();
    }

    boolean hasConstant(String name) {
        Definitions other = imported.get(name);
        return constants.containsKey(name) || (other != null && other.constants.containsKey(name));
    }

    /** The value of a constant that exists; empty if it is in error, which has been reported. */
    Optional<ConstantValue> constant(String name, Span use) {
        ConstantEntry entry = constants.get(name);
        if (entry == null) {
            return java.util.Objects.requireNonNull(imported.get(name)).constant(name, use);
        }
        if (entry.state == State.RESOLVING) {
            reportRecursion(name, use, "a constant is computed from others");
            return Optional.empty();
        }
        resolve(entry);
        return Optional.ofNullable(entry.value);
    }

    private void resolve(ConstantEntry entry) {
        if (entry.state != State.UNRESOLVED) {
            return;
        }
        entry.state = State.RESOLVING;
        if (!entry.declaration.broken() && descend(entry.declaration.name())) {
            entry.value = constantValue(entry.declaration);
            depth--;
        }
        entry.state = State.RESOLVED;
    }

    private @Nullable ConstantValue constantValue(ConstDeclaration declaration) {
        ConstantValue value = new ExpressionChecker(this, Scope.empty(), diagnostics)
                .constant(declaration.value())
                .orElse(null);
        if (value instanceof ConstantValue.NullValue) {
            diagnostics.report(Diagnostic.at(
                            declaration.value().span(),
                            DiagnosticCode.BAD_TYPE,
                            "a constant is a number or a truth value")
                    .help("write `null` where it is needed"));
            return null;
        }
        return value;
    }

    /** The type that a reference names, complete if its size matters; empty if it is in error, which is reported. */
    Optional<Type> type(TypeReference reference) {
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
            if (unit.complete()) {
                diagnostics.report(Diagnostic.at(
                                reference.span(),
                                DiagnosticCode.UNKNOWN_NAME,
                                "there is no type `" + reference.name() + "`")
                        .help(suggestion(reference)));
            }
            return Optional.empty();
        }
        StructEntry entry = java.util.Objects.requireNonNull(owner.get().structs.get(reference.name()));
        if (reference.pointers() > 0) {
            return Optional.of(entry.type);
        }
        if (entry.state == State.RESOLVING) {
            reportRecursion(
                    reference.name(), reference.span(), "a struct may hold a pointer to itself, but not itself");
            return Optional.empty();
        }
        owner.get().resolve(entry);
        return Optional.of(entry.type);
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
        imported.forEach((name, other) -> {
            if (other.constants.containsKey(name)) {
                all.add(name);
            }
        });
        return all;
    }

    /** Whether a name that is not found may be defined in a part of the file that could not be parsed. */
    boolean mayLackNames() {
        return !unit.complete();
    }

    private void resolve(StructEntry entry) {
        if (entry.state != State.UNRESOLVED) {
            return;
        }
        entry.state = State.RESOLVING;
        if (descend(entry.declaration.name())) {
            define(entry);
            depth--;
        } else {
            entry.type.define(List.of(), false);
        }
        entry.state = State.RESOLVED;
    }

    private void define(StructEntry entry) {
        List<Field> fields = new ArrayList<>();
        Map<String, Identifier> seen = new HashMap<>();
        boolean wellFormed = !entry.declaration.broken();
        for (FieldDeclaration declaration : entry.declaration.fields()) {
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
            Optional<Field> field = field(declaration, entry.type.perCpu());
            field.ifPresent(fields::add);
            wellFormed &= field.isPresent();
        }
        wellFormed &= checkSize(entry, fields, wellFormed);
        entry.type.define(fields, wellFormed);
    }

    private boolean checkSize(StructEntry entry, List<Field> fields, boolean wellFormed) {
        Identifier name = entry.declaration.name();
        if (fields.isEmpty()) {
            if (wellFormed) {
                diagnostics.report(
                        Diagnostic.at(name.span(), DiagnosticCode.BAD_TYPE, "a struct has at least one field"));
            }
            return false;
        }
        // A sum of fields of at most STRUCT_SIZE_MAX bytes each fits a long, so the layout can be made and looked at.
        entry.type.define(fields, wellFormed);
        if (entry.type.size(Abi.LP64) > STRUCT_SIZE_MAX) {
            reportSize(name.span(), "`" + name + "`");
            fields.clear();
            return false;
        }
        return true;
    }

    private void reportSize(Span span, String what) {
        diagnostics.report(
                Diagnostic.at(span, DiagnosticCode.STRUCT_SIZE, what + " is larger than " + STRUCT_SIZE_MAX + " bytes")
                        .help("every possible CPU has a copy: keep a pointer to large data instead"));
    }

    private Optional<Field> field(FieldDeclaration declaration, boolean inPerCpu) {
        Optional<Type> element = type(declaration.type());
        if (element.isPresent() && element.get() instanceof StructType struct) {
            if (struct.perCpu()) {
                diagnostics.report(Diagnostic.at(
                                declaration.type().span(),
                                DiagnosticCode.BAD_TYPE,
                                "a field cannot hold the percpu struct `" + struct + "`")
                        .help("remove `percpu` from `" + struct + "`, or let the field be a pointer"));
                return Optional.empty();
            }
            if (!struct.complete()) {
                return Optional.empty();
            }
        }
        Optional<Type> type = element.flatMap(each -> array(each, declaration.lengths()));
        if (type.isEmpty()) {
            return Optional.empty();
        }
        Expr.Constant initial = null;
        if (declaration.initial() != null) {
            initial = initial(declaration.initial(), type.get(), inPerCpu);
            if (initial == null) {
                return Optional.empty();
            }
        }
        return Optional.of(new Field(declaration.name(), type.get(), initial, declaration.doc()));
    }

    private Expr.@Nullable Constant initial(Expression value, Type type, boolean inPerCpu) {
        if (!inPerCpu) {
            diagnostics.report(Diagnostic.at(
                            value.span(),
                            DiagnosticCode.BAD_INITIAL_VALUE,
                            "only fields of a percpu struct have initial values")
                    .help("remove it: memory of other structs is the caller's"));
            return null;
        }
        if (!type.isValue()) {
            diagnostics.report(Diagnostic.at(
                            value.span(),
                            DiagnosticCode.BAD_INITIAL_VALUE,
                            "a field of type `" + type + "` cannot have an initial value")
                    .help("remove it: structs and arrays begin as zero"));
            return null;
        }
        ExpressionChecker checker = new ExpressionChecker(this, Scope.empty(), diagnostics);
        return checker.constantOf(value, type);
    }

    /** Arrays are written with the outermost length first, so the type is made from the last one. */
    Optional<Type> array(Type element, List<Expression> lengths) {
        Type type = element;
        for (int i = lengths.size() - 1; i >= 0; i--) {
            Expression expression = lengths.get(i);
            Optional<Long> length = length(expression);
            if (length.isEmpty()) {
                return Optional.empty();
            }
            if (length.get() > STRUCT_SIZE_MAX / type.size(Abi.LP64)) {
                reportSize(expression.span(), "this array");
                return Optional.empty();
            }
            type = new ArrayType(type, length.get());
        }
        return Optional.of(type);
    }

    private Optional<Long> length(Expression expression) {
        Optional<ConstantValue> value = new ExpressionChecker(this, Scope.empty(), diagnostics).constant(expression);
        if (value.isEmpty()) {
            return Optional.empty();
        }
        if (!(value.get() instanceof IntegerValue integer) || !integer.portable()) {
            diagnostics.report(Diagnostic.at(
                    expression.span(),
                    DiagnosticCode.TYPE_MISMATCH,
                    "the length of an array is an integer that is the same on every machine"));
            return Optional.empty();
        }
        BigInteger length = integer.lp64();
        if (length.signum() <= 0) {
            diagnostics.report(Diagnostic.at(
                    expression.span(),
                    DiagnosticCode.CONSTANT_RANGE,
                    "an array has at least one element, not " + length));
            return Optional.empty();
        }
        return Optional.of(length.min(BigInteger.valueOf(Long.MAX_VALUE)).longValue());
    }

    private boolean descend(Identifier name) {
        if (depth >= DEPENDENCY_DEPTH_MAX) {
            diagnostics.report(Diagnostic.at(
                    name.span(),
                    DiagnosticCode.NESTED_TOO_DEEP,
                    "definitions need each other more than " + DEPENDENCY_DEPTH_MAX + " deep"));
            return false;
        }
        depth++;
        return true;
    }

    private void reportRecursion(String name, Span use, String help) {
        diagnostics.report(
                Diagnostic.at(use, DiagnosticCode.RECURSIVE_DEFINITION, "`" + name + "` needs itself to be complete")
                        .help(help));
    }
}
