// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.differential;

import dev.opvc.compiler.differential.SimulatedMemory.Region;
import dev.opvc.compiler.language.BinaryOperator;
import dev.opvc.compiler.language.UnaryOperator;
import dev.opvc.compiler.model.Abi;
import dev.opvc.compiler.model.AddressExpr;
import dev.opvc.compiler.model.Expr;
import dev.opvc.compiler.model.Length;
import dev.opvc.compiler.model.Origin;
import dev.opvc.compiler.model.Outcome;
import dev.opvc.compiler.model.Parameter;
import dev.opvc.compiler.model.PlaceExpr;
import dev.opvc.compiler.model.Result;
import dev.opvc.compiler.model.ScalarType;
import dev.opvc.compiler.model.Stmt;
import dev.opvc.compiler.model.Type;
import dev.opvc.compiler.model.UnitDefinition;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Runs a transaction as the language says: its statements in the order written, on memory that is thrown away unless it
 * commits.
 *
 * <p>Once a comparison of memory has failed, it goes on without effect: what stands behind may be in the same vector, so
 * memory behind the caller's pointers must be accessible there too. A case that breaks this duty is skipped.
 */
final class Interpreter {
    /** Where slots lie, for the interpreter: nothing in a program can tell, and no number that is likely leads there. */
    private static final long SLOTS_START = 0x5EA7_1234_0000_0000L;

    private static final long SLOT_STRIDE = 1L << 20;

    private final Inputs inputs;
    private final List<Region> regions = new ArrayList<>();
    private final Map<Instance, Region> slots = new LinkedHashMap<>();
    private final SimulatedMemory memory;
    private final WriteHistory history = new WriteHistory();
    private final Evaluator evaluator;
    private final Map<Result, Datum> results = new HashMap<>();

    /** How the transaction ends, once a comparison of memory has failed. */
    private @Nullable Ending ending;

    private Interpreter(Inputs inputs, long arenaStart) {
        this.inputs = inputs;
        regions.add(new Region(arenaStart, inputs.arena()));
        long start = SLOTS_START;
        for (Map.Entry<Instance, Image> slot : inputs.slots().entrySet()) {
            Region region = new Region(start, slot.getValue());
            slots.put(slot.getKey(), region);
            regions.add(region);
            start += SLOT_STRIDE;
        }
        memory = new SimulatedMemory(regions);
        evaluator = new Evaluator(memory, history, this::parameter, this::unreachable);
    }

    /** What has to happen. */
    record Prediction(Ending ending, List<Datum> results, Region arena, Map<Instance, Region> slots) {}

    /**
     * Runs a transaction.
     *
     * @throws Skipped if the language does not say what happens
     */
    static Prediction run(UnitDefinition unit, Inputs inputs, long arenaStart) {
        Interpreter interpreter = new Interpreter(inputs, arenaStart);
        Ending ending = interpreter.end(unit);
        if (ending.isCommit()) {
            List<Datum> results =
                    unit.results().stream().map(interpreter::resultOf).toList();
            return new Prediction(ending, results, interpreter.regions.get(0), interpreter.slots);
        }
        Interpreter untouched = new Interpreter(inputs, arenaStart);
        List<Datum> none = unit.results().stream()
                .map(result -> Datum.of(result.type(), 0))
                .toList();
        return new Prediction(ending, none, untouched.regions.get(0), untouched.slots);
    }

    private Ending end(UnitDefinition unit) {
        try {
            unit.parameters().forEach(this::checkMax);
            unit.body().forEach(this::statement);
        } catch (Concluded e) {
            return ending == null ? e.ending() : ending;
        }
        return ending == null ? Ending.COMMITTED : ending;
    }

    /** Every call is held to the largest values that its parameters may have, whether they are used or not. */
    private void checkMax(Parameter parameter) {
        if (parameter.max().isPresent()
                && parameter(valueOf(parameter))
                                .integer()
                                .compareTo(BigInteger.valueOf(parameter.max().getAsLong()))
                        > 0) {
            throw Concluded.error(Ending.Kind.ILLEGAL_ARGUMENT);
        }
    }

    private Datum resultOf(Result result) {
        Datum value = results.get(result);
        if (value == null) {
            throw new IllegalStateException("not assigned: " + result.name());
        }
        return value;
    }

    private Datum parameter(Expr.ParameterValue value) {
        if (value.parameter().perCpu()) {
            Instance instance = inputs.instances().get(value.parameter());
            Region slot = slots.get(instance);
            if (slot == null) {
                throw new IllegalStateException("no slot of " + instance);
            }
            return Datum.of(value.type(), slot.start());
        }
        Long bits = inputs.arguments().get(value.parameter());
        if (bits == null) {
            throw new IllegalStateException(
                    "no argument for " + value.parameter().name());
        }
        return Datum.of(value.type(), bits);
    }

    /** Memory that is not accessible breaks the caller's duty, unless a failed condition stands before what was read. */
    private RuntimeException unreachable(Expr pointer) {
        return ending != null && evaluator.dependsOnMemory(pointer)
                ? new Concluded(ending)
                : new Skipped(Skipped.INACCESSIBLE);
    }

    private void statement(Stmt statement) {
        if (statement instanceof Stmt.Let let) {
            evaluator.bind(let.binding());
        } else if (statement instanceof Stmt.Require require) {
            condition(require.condition(), require.outcome());
        } else if (statement instanceof Stmt.Guarded guarded) {
            condition(guarded.condition(), guarded.outcome());
            guarded.body().forEach(this::statement);
        } else if (statement instanceof Stmt.Choice choice) {
            boolean then = evaluator.value(choice.condition()).truth();
            (then ? choice.then() : choice.otherwise()).forEach(this::statement);
        } else if (statement instanceof Stmt.Store store) {
            store(store);
        } else if (statement instanceof Stmt.Update update) {
            update(update);
        } else if (statement instanceof Stmt.Memcpy memcpy) {
            memcpy(memcpy);
        } else if (statement instanceof Stmt.AssignResult assign) {
            assign(assign);
        } else if (!(statement instanceof Stmt.Barrier)) {
            throw new IllegalArgumentException("no statement of a transaction: " + statement);
        }
    }

    private void condition(Expr condition, Outcome outcome) {
        condition(condition, true, Ending.outcome(outcome.number()));
    }

    /** Conditions of which all must hold, or none may, are conditions one after the other. */
    private void condition(Expr condition, boolean holds, Ending failed) {
        if (condition instanceof Expr.Unary not && not.operator() == UnaryOperator.NOT) {
            condition(not.operand(), !holds, failed);
        } else if (condition instanceof Expr.Logical logical
                && (logical.operator() == BinaryOperator.LOGICAL_AND) == holds) {
            condition(logical.left(), holds, failed);
            condition(logical.right(), holds, failed);
        } else if (evaluator.value(condition).truth() != holds) {
            fail(condition, failed);
        }
    }

    /** What a vector can compare may be left to it. The statements behind it are in the same vector then. */
    private void fail(Expr condition, Ending failed) {
        boolean compares = condition instanceof Expr.Comparison comparison
                && (comparison.operator() == BinaryOperator.EQUAL || comparison.operator() == BinaryOperator.NOT_EQUAL)
                && evaluator.dependsOnMemory(comparison);
        if (!compares) {
            throw new Concluded(failed);
        }
        if (ending == null) {
            ending = failed;
        }
    }

    private void store(Stmt.Store store) {
        Range target = evaluator.range(store.place());
        Expr value = Evaluator.copied(store.value());
        if (value instanceof Expr.PlaceValue source) {
            Range from = evaluator.range(source.place());
            copy(target, from, store.place().pointer(), source.place().pointer());
            history.assigned(store.place(), target, source.place(), from);
            return;
        }
        Datum datum = evaluator.value(value);
        require(target, store.place().pointer());
        memory.store(target.start(), datum);
        history.stored(target, datum.type());
    }

    private void copy(Range dst, Range src, Expr dstPointer, Expr srcPointer) {
        require(dst, dstPointer);
        require(src, srcPointer);
        memory.copy(dst.start(), src.start(), dst.length());
    }

    private void require(Range range, Expr pointer) {
        if (!memory.isAccessible(range)) {
            throw unreachable(pointer);
        }
    }

    /** Floats, and signed integers that are shifted right, are read and stored; the rest are operations on memory. */
    private void update(Stmt.Update update) {
        PlaceExpr place = update.place();
        Range target = evaluator.range(place);
        Datum operand = evaluator.value(update.value());
        ScalarType type = (ScalarType) place.type();
        boolean shiftsRight = update.operator() == BinaryOperator.SHIFT_RIGHT;
        boolean reads = type.isFloat() || (shiftsRight && type.isSigned());
        if (shiftsRight || update.operator() == BinaryOperator.SHIFT_LEFT) {
            checkShift(operand, type);
        }
        Datum old = reads ? evaluator.read(target, place) : evaluator.load(target, place);
        memory.store(target.start(), Operators.binary(update.operator(), old, operand, type));
        if (reads) {
            history.stored(target, type);
        } else {
            history.updated(target, type);
        }
    }

    private static void checkShift(Datum count, ScalarType type) {
        if (count.integer().compareTo(BigInteger.valueOf(type.width(Abi.LP64))) >= 0) {
            throw Concluded.error(Ending.Kind.ILLEGAL_ARGUMENT);
        }
    }

    private void memcpy(Stmt.Memcpy memcpy) {
        long length = length(memcpy.length());
        long dst = address(memcpy.dst(), length);
        long src = address(memcpy.src(), length);
        Range target = new Range(dst, length);
        Range source = new Range(src, length);
        copy(target, source, pointer(memcpy.dst()), pointer(memcpy.src()));
        history.copied(target, source, memcpy.length());
    }

    private long length(Length length) {
        if (!(length instanceof Length.OfParameter ofParameter)) {
            return length.max(Abi.LP64);
        }
        return parameter(valueOf(ofParameter.parameter())).bits();
    }

    private long address(AddressExpr address, long length) {
        if (address instanceof AddressExpr.OfPointer ofPointer) {
            return evaluator.value(ofPointer.pointer()).bits();
        }
        PlaceExpr place = ((AddressExpr.OfPlace) address).place();
        return evaluator.addressWithRoom(place, length);
    }

    private static Expr pointer(AddressExpr address) {
        return address instanceof AddressExpr.OfPointer ofPointer
                ? ofPointer.pointer()
                : ((AddressExpr.OfPlace) address).place().pointer();
    }

    /** What a place holds is copied to a result in its turn, whatever overlaps. */
    private void assign(Stmt.AssignResult assign) {
        Expr value = Evaluator.copied(assign.value());
        Type type = assign.result().type();
        if (value instanceof Expr.PlaceValue source) {
            Range range = evaluator.range(source.place());
            require(range, source.place().pointer());
            Datum copied = memory.load(source.type(), range.start());
            results.put(assign.result(), new Datum(type, copied.bits(), copied.anyNan()));
        } else {
            results.put(assign.result(), evaluator.value(value));
        }
    }

    private static Expr.ParameterValue valueOf(Parameter parameter) {
        return new Expr.ParameterValue(
                parameter, new Origin(parameter.identifier().span()));
    }
}
