// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.lower;
import dev.opvc.compiler.vector.Place;

import dev.opvc.compiler.language.Identifier;
import dev.opvc.compiler.diagnostic.Diagnostics;
import dev.opvc.compiler.model.Binding;
import dev.opvc.compiler.model.Expr;
import dev.opvc.compiler.model.Parameter;
import dev.opvc.compiler.model.Place;
import dev.opvc.compiler.model.QueryDefinition;
import dev.opvc.compiler.model.Stmt;
import dev.opvc.compiler.vector.FoldedValue;
import dev.opvc.compiler.vector.Operation;
import dev.opvc.compiler.vector.QueryResult;
import dev.opvc.compiler.vector.QueryStep;
import dev.opvc.compiler.vector.QueryUnit;
import dev.opvc.compiler.vector.RangeCheck;
import dev.opvc.compiler.vector.SlotCopy;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Lowers a query: collects what its folds read of a slot, copies that by one vector a CPU, and puts the checks, reads
 * and folds in order.
 */
final class QueryLowering {
    private final QueryDefinition query;
    private final SlotCopies copies = new SlotCopies();
    private final QuerySteps steps = new QuerySteps();
    private final QueryValues values;
    private final List<FoldedValue> folds = new ArrayList<>();
    private final List<QueryResult> results = new ArrayList<>();
    private String target = "";

    private QueryLowering(QueryDefinition query) {
        this.query = query;
        this.values = new QueryValues(query, steps, copies, this::folded);
    }

    /** Lowers queries, and holds their vectors to the limits. */
    static List<QueryUnit> lower(List<QueryDefinition> queries, Diagnostics diagnostics) {
        List<QueryUnit> units = new ArrayList<>();
        for (QueryDefinition query : queries) {
            QueryUnit unit = new QueryLowering(query).lower();
            List<Operation> operations = unit.operations();
            new LimitCheck(unit.name(), unit.kind(), diagnostics).check(operations, "");
            units.add(unit);
        }
        return units;
    }

    private QueryUnit lower() {
        for (Parameter parameter : query.parameters()) {
            if (parameter.max().isPresent()) {
                steps.check(new RangeCheck.WithinMax(parameter), null);
            }
        }
        query.body().forEach(this::statement);
        List<SlotCopy> merged = copies.merged();
        return new QueryUnit(
                query.name(),
                query.parameters(),
                query.results(),
                merged,
                folds,
                steps.before(),
                steps.each(),
                steps.after(),
                results,
                query.doc());
    }

    private void statement(Stmt statement) {
        values.at(statement.span());
        target = statement instanceof Stmt.Let let
                ? let.binding().name()
                : ((Stmt.AssignResult) statement).result().name();
        if (statement instanceof Stmt.Let let) {
            values.bind(let.binding());
            return;
        }
        Stmt.AssignResult assign = (Stmt.AssignResult) statement;
        if (assign.value() instanceof Expr.Folded fold && !fold.type().isValue()) {
            results.add(new QueryResult.Array(assign.result(), folded(fold)));
        } else {
            results.add(new QueryResult.Computed(assign.result(), values.value(assign.value())));
        }
    }

    /** The same fold twice is done once; but of arrays each result has its own. */
    private FoldedValue folded(Expr.Folded fold) {
        FoldedValue known = known(fold);
        if (known != null) {
            return known;
        }
        Binding binding = new Binding(new Identifier(name(fold), values.span()), fold);
        FoldedValue folded = new FoldedValue(binding, fold);
        folds.add(folded);
        steps.isLate(binding);
        if (folded.isArray()) {
            Place place = values.place(((Expr.PlaceValue) fold.operand()).place());
            steps.add(new QueryStep.AccumulateArray(folded, place));
        } else {
            steps.add(new QueryStep.Accumulate(folded, values.value(fold.operand())));
        }
        return folded;
    }

    private @Nullable FoldedValue known(Expr.Folded fold) {
        return folds.stream()
                .filter(folded -> !folded.isArray() && folded.fold().equals(fold))
                .findFirst()
                .orElse(null);
    }

    /** What a reader of generated code may know it by: the function, and the field or what it is folded for. */
    private String name(Expr.Folded fold) {
        String of = fold.operand() instanceof Expr.PlaceValue value
                ? value.place().lastField().orElseThrow()
                : target;
        return fold.fold().word() + "_" + of;
    }
}
