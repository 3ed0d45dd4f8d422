// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.differential;

import dev.opvc.compiler.differential.Prediction.Predicted;
import dev.opvc.compiler.language.BinaryOperator;
import dev.opvc.compiler.language.UnitKind;
import dev.opvc.compiler.model.ArrayType;
import dev.opvc.compiler.model.Builtin;
import dev.opvc.compiler.model.Expr;
import dev.opvc.compiler.model.Fold;
import dev.opvc.compiler.model.PlaceExpr;
import dev.opvc.compiler.model.QueryDefinition;
import dev.opvc.compiler.model.Result;
import dev.opvc.compiler.model.ScalarType;
import dev.opvc.compiler.model.Stmt;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Runs a query or drain as the language says: what can be checked on parameters alone, then the folds CPU by CPU, then
 * the rest. A drain sets back all that its folds read, whether or not it is looked at on a CPU.
 */
final class QueryInterpreter {
    private final QueryDefinition query;
    private final Call call;
    private final World world;

    /** What each fold has made of the CPUs so far: a value, or those of an array. */
    private final Map<Expr.Folded, List<Datum>> folds = new LinkedHashMap<>();

    private QueryInterpreter(QueryDefinition query, Call call, World world) {
        this.query = query;
        this.call = call;
        this.world = world;
    }

    static Predicted run(QueryDefinition query, Call call, World world) {
        try {
            return new Predicted(Ending.COMMITTED, new QueryInterpreter(query, call, world).results());
        } catch (Concluded e) {
            return Predicted.without(e.ending(), call.unit());
        }
    }

    private List<Datum> results() {
        List<Integer> cpus = world.slots().keySet().stream()
                .map(Slot::cpu)
                .filter(cpu -> call.cpu() == Call.ALL || call.cpu() == cpu)
                .distinct()
                .sorted()
                .toList();
        checkParameters(cpus.get(0));
        cpus.forEach(this::fold);
        Map<Result, List<Datum>> results = computed(cpus.get(0));
        if (query.kind() == UnitKind.DRAIN) {
            cpus.forEach(this::setBack);
        }
        List<Datum> all = new ArrayList<>();
        query.results().forEach(result -> all.addAll(Objects.requireNonNull(results.get(result))));
        return all;
    }

    /** Values on one CPU, with the bindings that folds have no part in. */
    private Evaluator evaluator(int cpu) {
        Evaluator evaluator = new Evaluator(
                world.memory(),
                new WriteHistory(),
                new Arguments(call, world, cpu)::value,
                pointer -> new Skipped(Skipped.INACCESSIBLE));
        for (Stmt statement : query.body()) {
            if (statement instanceof Stmt.Let let && new EarlyChecks(evaluator).isEarly(let.value())) {
                evaluator.bind(let.binding());
            }
        }
        return evaluator;
    }

    private void checkParameters(int anyCpu) {
        Arguments arguments = new Arguments(call, world, anyCpu);
        arguments.checkMax();
        Evaluator evaluator = new Evaluator(
                world.memory(), new WriteHistory(), arguments::value, pointer -> new Skipped(Skipped.INACCESSIBLE));
        EarlyChecks checks = new EarlyChecks(evaluator);
        for (Stmt statement : query.body()) {
            checks.check(valueOf(statement));
            if (statement instanceof Stmt.Let let && checks.isEarly(let.value())) {
                evaluator.bind(let.binding());
            }
        }
    }

    private static Expr valueOf(Stmt statement) {
        return statement instanceof Stmt.Let let ? let.value() : ((Stmt.AssignResult) statement).value();
    }

    private void fold(int cpu) {
        Evaluator evaluator = evaluator(cpu);
        Map<Expr.Folded, List<Datum>> here = new LinkedHashMap<>();
        query.body()
                .forEach(statement -> foldsOf(valueOf(statement))
                        .forEach(folded -> here.computeIfAbsent(folded, each -> operand(each, evaluator))));
        here.forEach((folded, values) -> folds.merge(folded, values, (before, next) -> folded(folded, before, next)));
    }

    private static List<Expr.Folded> foldsOf(Expr expr) {
        if (expr instanceof Expr.Folded folded) {
            return List.of(folded);
        }
        return expr.parts().stream().flatMap(part -> foldsOf(part).stream()).toList();
    }

    private List<Datum> operand(Expr.Folded folded, Evaluator evaluator) {
        Expr operand = folded.operand();
        if (folded.fold() == Fold.COUNT) {
            return List.of(Datum.of(ScalarType.U64, evaluator.value(operand).truth() ? 1 : 0));
        }
        if (operand.type().isValue()) {
            return List.of(evaluator.value(operand));
        }
        PlaceExpr place = ((Expr.PlaceValue) operand).place();
        long start = evaluator.range(place).start();
        return leaves(place, evaluator).stream()
                .map(leaf -> world.memory().load(leaf.type(), start + leaf.offset()))
                .toList();
    }

    /** The values that a place is made of: of an array as many as it was given. */
    private static List<Leaf> leaves(PlaceExpr place, Evaluator evaluator) {
        List<Leaf> leaves = Leaf.of(place.type());
        if (!(place.type() instanceof ArrayType array)) {
            return leaves;
        }
        int ofElement = leaves.size() / (int) array.length();
        return leaves.subList(0, ofElement * (int) evaluator.elements(place, array));
    }

    private static List<Datum> folded(Expr.Folded folded, List<Datum> before, List<Datum> next) {
        List<Datum> values = new ArrayList<>();
        for (int i = 0; i < before.size(); i++) {
            values.add(folded(folded.fold(), before.get(i), next.get(i)));
        }
        return values;
    }

    private static Datum folded(Fold fold, Datum before, Datum next) {
        return switch (fold) {
            case SUM, COUNT -> Operators.binary(BinaryOperator.ADD, before, next, before.type());
            case MIN -> Operators.function(Builtin.MIN, List.of(before, next), before.type());
            case MAX -> Operators.function(Builtin.MAX, List.of(before, next), before.type());
            case ANY -> Datum.of(before.truth() || next.truth());
            case ALL -> Datum.of(before.truth() && next.truth());
        };
    }

    private Map<Result, List<Datum>> computed(int anyCpu) {
        Evaluator evaluator = evaluator(anyCpu);
        folds.forEach((folded, values) -> evaluator.fold(folded, values.get(0)));
        Map<Result, List<Datum>> results = new HashMap<>();
        for (Stmt statement : query.body()) {
            if (statement instanceof Stmt.Let let) {
                evaluator.bind(let.binding());
            } else {
                Stmt.AssignResult assign = (Stmt.AssignResult) statement;
                boolean array = !assign.result().type().isValue();
                List<Datum> values =
                        array ? elements((Expr.Folded) assign.value()) : List.of(evaluator.value(assign.value()));
                List<Datum> all = new ArrayList<>(
                        values.stream().map(QueryInterpreter::anyIfNan).toList());
                // Forms give zeros where there are no elements.
                for (int i = values.size();
                        assign.result().type() instanceof ArrayType type && i < type.length();
                        i++) {
                    all.add(Datum.of(type.element(), 0));
                }
                results.put(assign.result(), all);
            }
        }
        return results;
    }

    private List<Datum> elements(Expr.Folded folded) {
        List<Datum> values = Objects.requireNonNull(folds.get(folded));
        if (!folded.cumulative()) {
            return values;
        }
        List<Datum> sums = new ArrayList<>(values);
        for (int i = 1; i < sums.size(); i++) {
            sums.set(i, folded(Fold.SUM, sums.get(i - 1), sums.get(i)));
        }
        return sums;
    }

    /** Which NaN a fold gives is not said. */
    private static Datum anyIfNan(Datum value) {
        boolean nan = value.type() instanceof ScalarType type && type.isFloat() && Double.isNaN(value.number());
        return nan ? new Datum(value.type(), value.bits(), true) : value;
    }

    private void setBack(int cpu) {
        Evaluator evaluator = evaluator(cpu);
        for (Expr.Folded folded : folds.keySet()) {
            placesOf(folded.operand()).forEach(place -> Beginning.store(place, evaluator.range(place), world.memory()));
        }
    }

    private static List<PlaceExpr> placesOf(Expr expr) {
        List<PlaceExpr> places = new ArrayList<>();
        if (expr instanceof Expr.PlaceValue value) {
            places.add(value.place());
        }
        expr.parts().forEach(part -> places.addAll(placesOf(part)));
        return places;
    }
}
