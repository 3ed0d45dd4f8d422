// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.c;

import dev.opvc.compiler.diagnostic.Diagnostics;
import dev.opvc.compiler.emit.c.forms.UnitShape;
import dev.opvc.compiler.emit.c.names.CNames;
import dev.opvc.compiler.emit.c.names.NameScope;
import dev.opvc.compiler.emit.c.names.QueryLocalNames;
import dev.opvc.compiler.emit.c.names.UnitLocalNames;
import dev.opvc.compiler.emit.c.names.UnitNames;
import dev.opvc.compiler.language.Identifier;
import dev.opvc.compiler.model.ConstantDefinition;
import dev.opvc.compiler.model.Field;
import dev.opvc.compiler.model.Outcome;
import dev.opvc.compiler.model.StructType;
import dev.opvc.compiler.model.Table;
import dev.opvc.compiler.vector.QueryUnit;
import dev.opvc.compiler.vector.VectorProgram;
import dev.opvc.compiler.vector.VectorUnit;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Makes sure that no two things in a header have one name, and gives each unit the names of its parameters. */
final class HeaderNames {
    private final VectorProgram program;
    private final Diagnostics diagnostics;
    private final NameScope fileScope;
    private final Set<String> functions = new HashSet<>();

    private HeaderNames(VectorProgram program, Diagnostics diagnostics) {
        this.program = program;
        this.diagnostics = diagnostics;
        this.fileScope = new NameScope(diagnostics);
    }

    /** Reports every name of a program's header that two things would have. */
    static HeaderNames check(VectorProgram program, Diagnostics diagnostics) {
        HeaderNames names = new HeaderNames(program, diagnostics);
        program.constants().forEach(names::claimConstant);
        program.tables().forEach(names::claimTable);
        program.structs().forEach(names::claimStruct);
        program.units().forEach(names::claimUnit);
        program.queries().forEach(names::claimQuery);
        program.units().forEach(names::locals);
        program.queries().forEach(names::locals);
        return names;
    }

    /** What each name of the header outside of structs and functions belongs to. */
    Map<String, NameScope.Owner> owners() {
        return fileScope.owners();
    }

    /** The names of a unit's parameters and bindings. */
    UnitLocalNames locals(VectorUnit unit) {
        return UnitLocalNames.of(unit, functions, diagnostics);
    }

    /** The names of what a query's functions have their values in. */
    QueryLocalNames locals(QueryUnit query) {
        return QueryLocalNames.of(query, functions, diagnostics);
    }

    private void claimQuery(QueryUnit query) {
        UnitNames names = UnitNames.of(program, query);
        Identifier identifier = query.name();
        String description = query.kind().keyword() + " " + identifier;
        claimFunction(names.function(), identifier, description);
        claimFunction(names.direct(), identifier, "the direct form of " + description);
        claimFunction(names.vector(), identifier, "the vector form of " + description);
        claimFunction(names.onCpu(), identifier, "the form of " + description + " that names the CPU");
        claimFunction(names.directOnCpu(), identifier, "the direct form of that");
        claimFunction(names.vectorOnCpu(), identifier, "the vector form of that");
        claimFunction(names.builder(), identifier, "the builder of " + description);
        claimFunction(names.begin(), identifier, "the beginning of " + description);
        claimFunction(names.copy(), identifier, "the copying of " + description);
        claimFunction(names.fold(), identifier, "the folding of " + description);
        claimFunction(names.end(), identifier, "the end of " + description);
        fileScope.claim(names.operations(), identifier, "the operation count of " + description);
        fileScope.claim(names.cellsTag(), identifier, "the cells of " + description);
        fileScope.claim(names.foldsTag(), identifier, "the folds of " + description);
    }

    private void claimFunction(String name, Identifier identifier, String description) {
        functions.add(name);
        fileScope.claim(name, identifier, description);
    }

    private void claimConstant(ConstantDefinition constant) {
        String name = CNames.constant(program, constant);
        fileScope.claim(name, constant.name(), "const " + constant.name());
    }

    private void claimTable(Table table) {
        fileScope.claim(CNames.table(table), table.name(), "const " + table.name());
    }

    private void claimStruct(StructType struct) {
        Identifier identifier = struct.identifier();
        String description = "struct " + struct.name();
        fileScope.claim(CNames.tag(struct), identifier, description);
        if (struct.perCpu()) {
            fileScope.claim(CNames.handleTag(struct), identifier, "the handle of " + description);
            claimFunction(CNames.allocate(struct), identifier, "the function that allocates " + description);
            claimFunction(CNames.free(struct), identifier, "the function that frees " + description);
            claimFunction(CNames.slot(struct), identifier, "the function that finds a slot of " + description);
            struct.tail()
                    .ifPresent(tail -> claimFunction(
                            CNames.length(struct),
                            tail.identifier(),
                            "the function that tells the length of " + description));
        }
        NameScope members = new NameScope(diagnostics);
        for (Field field : struct.fields()) {
            members.claim(CNames.member(field), field.identifier(), "field " + field.name());
        }
    }

    private void claimUnit(VectorUnit unit) {
        UnitNames names = UnitNames.of(program, unit);
        Identifier identifier = unit.name();
        UnitShape shape = UnitShape.of(unit);
        String description = unit.kind().keyword() + " " + identifier;
        claimFunction(names.function(), identifier, description);
        if (shape.hasSlots()) {
            claimFunction(names.onCpu(), identifier, "the form of " + description + " that names the CPU");
        }
        if (shape.hasDirectForm()) {
            claimFunction(names.locked(), identifier, "the direct work of " + description);
            claimFunction(names.directOnCpu(), identifier, "the direct form of " + description);
            claimFunction(names.vectorOnCpu(), identifier, "the vector form of " + description);
        }
        if (shape.isOptimistic()) {
            claimFunction(names.holding(), identifier, "the form that holds the CPU of " + description);
            claimFunction(names.optimistic(), identifier, "the optimistic form of " + description);
            claimFunction(names.attempt(), identifier, "the attempt of " + description);
        }
        if (shape.isSection()) {
            claimFunction(names.busy(), identifier, "the rest of the optimistic form of " + description);
        }
        for (int number = 0; number < unit.initialValues().size(); number++) {
            claimFunction(names.initialBlock(number), identifier, "what " + description + " sets back to");
        }
        claimFunction(names.builder(), identifier, "the builder of " + description);
        fileScope.claim(names.operations(), identifier, "the operation count of " + description);
        if (shape.hasCells()) {
            fileScope.claim(names.cellsTag(), identifier, "the cells of " + description);
        }
        if (shape.hasResults()) {
            fileScope.claim(names.resultsTag(), identifier, "the results of " + description);
        }
        if (!unit.outcomes().isEmpty()) {
            claimOutcomes(unit, names, description);
        }
    }

    private void claimOutcomes(VectorUnit unit, UnitNames names, String description) {
        Identifier identifier = unit.name();
        fileScope.claim(names.outcomeTag(), identifier, "the outcomes of " + description);
        fileScope.claim(names.committed(), identifier, "the success of " + description);
        for (Outcome outcome : unit.outcomes()) {
            fileScope.claim(names.enumerator(outcome), identifier, "outcome " + outcome.name() + " of " + description);
        }
    }
}
