// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.lower;

import dev.opvc.compiler.diagnostic.Diagnostic;
import dev.opvc.compiler.diagnostic.DiagnosticCode;
import dev.opvc.compiler.diagnostic.Diagnostics;
import dev.opvc.compiler.language.Identifier;
import dev.opvc.compiler.language.UnitKind;
import dev.opvc.compiler.model.Expr;
import dev.opvc.compiler.model.Parameter;
import dev.opvc.compiler.model.QueryDefinition;
import dev.opvc.compiler.model.Stmt;
import dev.opvc.compiler.source.Span;
import dev.opvc.compiler.vector.FoldedValue;
import dev.opvc.compiler.vector.Local;
import dev.opvc.compiler.vector.Operation;
import dev.opvc.compiler.vector.Place;
import dev.opvc.compiler.vector.QueryResult;
import dev.opvc.compiler.vector.QueryStep;
import dev.opvc.compiler.vector.QueryUnit;
import dev.opvc.compiler.vector.RangeCheck;
import dev.opvc.compiler.vector.SlotCopy;
import dev.opvc.compiler.vector.SlotReset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Lowers a query or drain: collects what its folds read of a slot, copies that by one vector a CPU, and puts the checks, reads
 * and folds in order.
 */
final class QueryLowering {
    private final QueryDefinition query;
    private final SlotCopies copies = new SlotCopies();
    private final QuerySteps steps = new QuerySteps();
    private final QueryValues values;
    private final List<FoldedValue> folds = new ArrayList<>();
    private final Map<Expr.Folded, FoldedValue> scalars = new HashMap<>();
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
            QueryLowering lowering = new QueryLowering(query);
            QueryUnit unit = lowering.lower();
            if (query.kind() == UnitKind.DRAIN) {
                lowering.reportLateFailures(diagnostics);
            }
            List<Operation> operations = unit.operations();
            new LimitCheck(unit.name(), unit.kind(), diagnostics).check(operations, "");
            units.add(unit);
        }
        return units;
    }

    private QueryUnit lower() {
        for (Parameter parameter : query.parameters()) {
            if (parameter.max().isPresent()) {
                steps.check(
                        new RangeCheck.WithinMax(parameter),
                        Optional.empty(),
                        parameter.identifier().span());
            }
        }
        query.body().forEach(this::statement);
        List<SlotCopy> merged = copies.merged();
        return new QueryUnit(
                query.kind(),
                query.name(),
                query.parameters(),
                query.results(),
                merged,
                query.kind() == UnitKind.DRAIN ? SlotReset.after(merged) : List.of(),
                folds,
                steps.before(),
                steps.each(),
                steps.after(),
                results,
                query.doc());
    }

    /** What ends a drain must be found before the first CPU is set back: what was there would be lost. */
    private void reportLateFailures(Diagnostics diagnostics) {
        for (Span span : steps.lateChecks()) {
            diagnostics.report(Diagnostic.at(
                            span,
                            DiagnosticCode.DRAIN_MAY_FAIL,
                            "`" + span.excerpt() + "` may be a range error once CPUs have been set back, and what was"
                                    + " there would be lost")
                    .help("a drain divides, shifts and indexes by constants and parameters only: give the caller the"
                            + " folds, to compute with"));
        }
        values.notAddressed().stream()
                .filter(span -> !steps.lateChecks().contains(span))
                .forEach(span -> diagnostics.report(Diagnostic.at(
                                span,
                                DiagnosticCode.DRAIN_MAY_FAIL,
                                "which part of the array `" + span.excerpt()
                                        + "` is depends on what a slot holds or on a"
                                        + " condition, and a drain sets back what it folds")
                        .help("index by constants and parameters, and not behind `&&` or `||`")));
    }

    private void statement(Stmt statement) {
        if (statement instanceof Stmt.Let let) {
            target = let.binding().name();
            values.bind(let.binding(), let.value());
        } else if (statement instanceof Stmt.AssignResult assign) {
            target = assign.result().name();
            results.add(result(assign));
        } else {
            throw new IllegalStateException("no statement of a query: " + statement);
        }
    }

    private QueryResult result(Stmt.AssignResult assign) {
        if (assign.value() instanceof Expr.Folded fold && !fold.type().isValue()) {
            return new QueryResult.Array(assign.result(), foldedArray(fold));
        }
        return new QueryResult.Computed(assign.result(), values.value(assign.value()));
    }

    /** Of arrays each result has a fold of its own: the same one twice is done twice. */
    private FoldedValue.Array foldedArray(Expr.Folded fold) {
        Place place = values.place(((Expr.PlaceValue) fold.operand()).place());
        FoldedValue.Array folded = new FoldedValue.Array(local(fold), fold.fold(), place);
        folds.add(folded);
        steps.add(new QueryStep.AccumulateArray(folded));
        if (fold.cumulative()) {
            steps.addAfter(new QueryStep.Cumulate(folded));
        }
        return folded;
    }

    /** The same fold twice is done once. */
    private FoldedValue folded(Expr.Folded fold) {
        FoldedValue known = scalars.get(fold);
        if (known != null) {
            return known;
        }
        FoldedValue.Scalar folded = new FoldedValue.Scalar(local(fold), fold.fold(), values.value(fold.operand()));
        scalars.put(fold, folded);
        folds.add(folded);
        steps.add(new QueryStep.Accumulate(folded));
        return folded;
    }

    private Local local(Expr.Folded fold) {
        return new Local(new Identifier(name(fold), fold.span()), fold.type());
    }

    /** What a reader of generated code may know it by: the function, and the field or what it is folded for. */
    private String name(Expr.Folded fold) {
        String of = fold.operand() instanceof Expr.PlaceValue value
                ? value.place().lastField().orElseThrow()
                : target;
        return fold.fold().word() + "_" + of;
    }
}
