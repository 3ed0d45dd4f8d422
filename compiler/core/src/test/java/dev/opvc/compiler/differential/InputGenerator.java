// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.differential;

import dev.opvc.compiler.model.Abi;
import dev.opvc.compiler.model.Parameter;
import dev.opvc.compiler.model.PointerType;
import dev.opvc.compiler.model.ScalarType;
import dev.opvc.compiler.model.StructType;
import dev.opvc.compiler.model.Type;
import dev.opvc.runtime.Cpus;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Fills memory, and chooses arguments: some of them equal to each other and to what memory holds. */
final class InputGenerator {
    private static final int POOL = 3;
    private static final int SEVERAL_CALLS = 40;
    private static final int OTHERS_MAX = 3;

    private final Choices choices;
    private final Arena arena;
    private final Map<ScalarType, List<Long>> pools = new LinkedHashMap<>();

    InputGenerator(long seed, Arena arena) {
        this.choices = new Choices(seed);
        this.arena = arena;
    }

    /** Calls of a unit, or of several with it. */
    Inputs inputs(Unit unit, List<Unit> units, List<Instance> instances, int cpu) {
        List<Call> calls = new ArrayList<>();
        int others = choices.chance(SEVERAL_CALLS) ? choices.between(1, OTHERS_MAX) : 0;
        for (int i = 0; i < others; i++) {
            calls.add(call(choices.pick(units), instances, cpu));
        }
        calls.add(choices.below(others + 1), call(unit, instances, cpu));
        Map<Slot, Image> slots = new LinkedHashMap<>();
        for (Instance instance : instances) {
            for (int i = 0; i < Cpus.possible(); i++) {
                slots.put(new Slot(instance, i), slot(instance));
            }
        }
        return new Inputs(image(arena.size(), arena.leaves()), slots, calls);
    }

    private Image slot(Instance instance) {
        byte[] image = image(instance.size(), instance.leaves()).toBytes();
        StructType struct = instance.struct();
        struct.lengthField()
                .ifPresent(length -> ByteBuffer.wrap(image)
                        .order(ByteOrder.nativeOrder())
                        .putInt((int) struct.offset(length, Abi.LP64), instance.length()));
        return new Image(image);
    }

    private Call call(Unit unit, List<Instance> instances, int here) {
        Map<Parameter, Long> arguments = new LinkedHashMap<>();
        Map<Parameter, Instance> chosen = new LinkedHashMap<>();
        for (Parameter parameter : unit.parameters()) {
            if (parameter.perCpu()) {
                List<Instance> fitting = instances.stream()
                        .filter(each -> each.struct() == parameter.struct())
                        .toList();
                chosen.put(parameter, choices.pick(fitting));
            } else {
                arguments.put(parameter, argument(parameter, mayBeNull(unit, parameter)));
            }
        }
        int cpu = unit instanceof Unit.Transaction
                ? here
                : choices.chance(50) ? Call.ALL : choices.below(Cpus.possible());
        return new Call(unit, cpu, arguments, chosen, choices.bits());
    }

    /** Queries follow no pointers. */
    private static boolean mayBeNull(Unit unit, Parameter parameter) {
        return !(unit instanceof Unit.Transaction transaction)
                || NullTests.mentions(transaction.definition(), parameter);
    }

    private long argument(Parameter parameter, boolean mayBeNull) {
        if (parameter.max().isPresent()) {
            long max = parameter.max().getAsLong();
            long value =
                    choices.chance(90) ? choices.below((int) max + 1) : choices.chance(50) ? max + 1 : choices.bits();
            return value & Datum.mask(parameter.type());
        }
        if (parameter.type() instanceof PointerType pointer) {
            return mayBeNull && choices.chance(15) ? 0 : address(pointer.target());
        }
        if (parameter.type() == ScalarType.UPTR && choices.chance(50)) {
            return address(ScalarType.U64);
        }
        return scalar((ScalarType) parameter.type());
    }

    private Image image(int size, List<Leaf> leaves) {
        ByteBuffer image = ByteBuffer.wrap(choices.bytes(size)).order(ByteOrder.nativeOrder());
        for (Leaf leaf : leaves) {
            put(image, leaf.offset(), leaf.type());
        }
        return new Image(image.array());
    }

    private void put(ByteBuffer image, int offset, Type type) {
        long bits = type instanceof PointerType pointer
                ? (choices.chance(10) ? 0 : address(pointer.target()))
                : inMemory((ScalarType) type);
        switch ((int) type.size(Abi.LP64)) {
            case Byte.BYTES -> image.put(offset, (byte) bits);
            case Short.BYTES -> image.putShort(offset, (short) bits);
            case Integer.BYTES -> image.putInt(offset, (int) bits);
            default -> image.putLong(offset, bits);
        }
    }

    /** Any byte stands for a truth value there. */
    private long inMemory(ScalarType type) {
        return type == ScalarType.BOOL && choices.chance(20) ? choices.bits() : scalar(type);
    }

    /** The address of a value of a type; now and then, one that lies across others. */
    private long address(Type target) {
        List<Long> fitting = arena.addressesOf(target);
        if (fitting.isEmpty() || choices.chance(8)) {
            int size = (int) target.size(Abi.LP64);
            int alignment = target.alignment(Abi.LP64);
            return arena.start() + (long) choices.below((arena.size() - size) / alignment) * alignment;
        }
        return choices.pick(fitting);
    }

    /** The bits of a value: most are of a few that other values share. */
    private long scalar(ScalarType type) {
        List<Long> pool = pools.computeIfAbsent(type, this::pool);
        return choices.chance(60) ? choices.pick(pool) : fresh(type);
    }

    private List<Long> pool(ScalarType type) {
        List<Long> pool = new ArrayList<>();
        for (int i = 0; i < POOL; i++) {
            pool.add(fresh(type));
        }
        return pool;
    }

    private long fresh(ScalarType type) {
        if (type == ScalarType.BOOL) {
            return choices.below(2);
        }
        if (type.isFloat()) {
            return Datum.bitsOf(type, choices.number());
        }
        BigInteger value = choices.integer(type);
        return Datum.of(type, value).bits();
    }
}
