// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.differential;

import dev.opvc.compiler.differential.Prediction.Predicted;
import dev.opvc.compiler.language.BinaryOperator;
import dev.opvc.compiler.language.UnaryOperator;
import dev.opvc.compiler.model.Abi;
import dev.opvc.compiler.model.AddressExpr;
import dev.opvc.compiler.model.ByteCount;
import dev.opvc.compiler.model.Expr;
import dev.opvc.compiler.model.Outcome;
import dev.opvc.compiler.model.PlaceExpr;
import dev.opvc.compiler.model.Result;
import dev.opvc.compiler.model.ScalarType;
import dev.opvc.compiler.model.Stmt;
import dev.opvc.compiler.model.Type;
import dev.opvc.compiler.model.UnitDefinition;
import java.math.BigInteger;
import java.util.HashMap;
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
    private final Arguments arguments;
    private final SimulatedMemory memory;
    private final WriteHistory history = new WriteHistory();
    private final Evaluator evaluator;
    private final Map<Result, Datum> results = new HashMap<>();

    /** How the transaction ends, once a comparison of memory has failed. */
    private @Nullable Ending ending;

    private Interpreter(Call call, World world) {
        arguments = new Arguments(call, world, call.cpu());
        memory = world.memory();
        evaluator = new Evaluator(memory, history, arguments::value, this::unreachable);
    }

    /**
     * Runs a transaction, and leaves what it does in memory, which counts only if it commits.
     *
     * @throws Skipped if the language does not say what happens
     */
    static Predicted run(UnitDefinition unit, Call call, World world) {
        Interpreter interpreter = new Interpreter(call, world);
        Ending ending = interpreter.end(unit);
        if (ending.isCommit()) {
            return new Predicted(
                    ending, unit.results().stream().map(interpreter::resultOf).toList());
        }
        return Predicted.without(ending, call.unit());
    }

    private Ending end(UnitDefinition unit) {
        try {
            arguments.checkMax();
            unit.body().forEach(this::statement);
        } catch (Concluded e) {
            return ending == null ? e.ending() : ending;
        }
        return ending == null ? Ending.COMMITTED : ending;
    }

    private Datum resultOf(Result result) {
        Datum value = results.get(result);
        if (value == null) {
            throw new IllegalStateException("not assigned: " + result.name());
        }
        return value;
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
        } else if (statement instanceof Stmt.Reset reset) {
            reset(reset);
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

    private void reset(Stmt.Reset reset) {
        PlaceExpr place = reset.place();
        Range target = evaluator.range(place);
        require(target, place.pointer());
        Beginning.store(place, target, memory);
        if (place.type().isValue()) {
            history.stored(target, place.type());
        } else {
            history.reset(place, target);
        }
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

    private long length(ByteCount length) {
        if (length instanceof ByteCount.Known known) {
            return known.lp64();
        }
        return length instanceof ByteCount.Computed computed
                ? evaluator.value(computed.value()).integer().longValueExact()
                : arguments
                        .value(Arguments.valueOf(((ByteCount.OfParameter) length).parameter()))
                        .bits();
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
}
