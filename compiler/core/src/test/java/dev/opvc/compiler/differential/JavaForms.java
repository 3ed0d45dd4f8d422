// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.differential;

import dev.opvc.compiler.model.Abi;
import dev.opvc.compiler.model.ArrayType;
import dev.opvc.compiler.model.Outcome;
import dev.opvc.compiler.model.Parameter;
import dev.opvc.compiler.model.Program;
import dev.opvc.compiler.model.Result;
import dev.opvc.compiler.model.ScalarType;
import dev.opvc.compiler.model.Type;
import dev.opvc.runtime.Cpus;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The two forms in Java: private methods, behind one that chooses between them for the whole process. */
final class JavaForms implements AutoCloseable {
    private final Program program;
    private final ClassLoader classes;
    private final Arena arena;
    private final Map<Instance, AutoCloseable> instances = new HashMap<>();
    private final Map<Slot, Long> slots = new HashMap<>();

    JavaForms(Program program, ClassLoader classes, List<Instance> all, Arena arena)
            throws ReflectiveOperationException {
        this.program = program;
        this.classes = classes;
        this.arena = arena;
        for (Instance each : all) {
            Class<?> type = type(TargetNames.javaClass(program, each.struct()));
            Object instance = required(
                    each.length() == 0
                            ? type.getMethod("allocate").invoke(null)
                            : type.getMethod("allocate", int.class).invoke(null, each.length()));
            instances.put(each, (AutoCloseable) instance);
            for (int cpu = 0; cpu < Cpus.possible(); cpu++) {
                slots.put(new Slot(each, cpu), (Long)
                        required(type.getMethod("slot", int.class).invoke(instance, cpu)));
            }
        }
    }

    List<Form> forms() {
        return List.of(new OfJava("Direct"), new OfJava("Vector"));
    }

    @Override
    public void close() {
        for (AutoCloseable instance : instances.values()) {
            try {
                instance.close();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private Class<?> type(String name) throws ClassNotFoundException {
        return Class.forName(name, true, classes);
    }

    private final class OfJava extends Form {
        private final String suffix;

        /** By unit; looking a method up costs more than calling it. */
        private final Map<Unit, Method> methods = new HashMap<>();

        OfJava(String suffix) {
            super("Java " + suffix, arena);
            this.suffix = suffix;
        }

        @Override
        long address(Slot slot) {
            return Objects.requireNonNull(slots.get(slot));
        }

        @Override
        Answer call(Call call) {
            Unit unit = call.unit();
            try {
                Object holder = hasHolder(unit) ? holder(unit) : null;
                List<@Nullable Object> arguments = arguments(call);
                if (holder != null) {
                    arguments.add(holder);
                }
                return answer(unit, receiver(call), arguments, holder);
            } catch (ReflectiveOperationException e) {
                throw new LinkageError("calling " + unit.name(), e);
            }
        }

        private Answer answer(
                Unit unit, @Nullable Object receiver, List<@Nullable Object> arguments, @Nullable Object holder)
                throws ReflectiveOperationException {
            Ending ending;
            Object returned = null;
            try {
                returned = method(unit).invoke(receiver, arguments.toArray());
                ending = ending(unit, returned);
            } catch (InvocationTargetException e) {
                ending = error((Throwable) required(e.getCause()));
            }
            List<Long> results = new ArrayList<>();
            for (Result result : unit.results()) {
                if (result.type() instanceof ArrayType array) {
                    int length = array.sized() ? length(required(holder), result) : (int) array.length();
                    for (int i = 0; i < array.length(); i++) {
                        results.add(i >= length ? 0 : bits(element(required(holder), result, i), array.element()));
                    }
                } else {
                    Object value = holder == null ? returned : read(holder, result);
                    results.add(value == null ? 0 : bits(value, result.type()));
                }
            }
            return new Answer(ending, results);
        }

        private Method method(Unit unit) {
            return methods.computeIfAbsent(unit, this::find);
        }

        private Method find(Unit unit) {
            String name = TargetNames.camel(unit.name(), false) + suffix;
            try {
                Method method = Arrays.stream(
                                type(TargetNames.javaClass(program, unit)).getDeclaredMethods())
                        .filter(each -> each.getName().equals(name))
                        .findFirst()
                        .orElseThrow();
                method.setAccessible(true);
                return method;
            } catch (ClassNotFoundException e) {
                throw new LinkageError(name, e);
            }
        }

        private @Nullable Object receiver(Call call) {
            return call.unit().parameters().stream()
                    .filter(Parameter::perCpu)
                    .findFirst()
                    .map(first -> instances.get(call.instances().get(first)))
                    .orElse(null);
        }

        /** The CPU, or the first of a query and where they end, then all parameters but the receiver. */
        private List<@Nullable Object> arguments(Call call) {
            List<@Nullable Object> arguments = new ArrayList<>();
            boolean all = call.cpu() == Call.ALL;
            arguments.add(all ? 0 : call.cpu());
            if (call.unit() instanceof Unit.Query) {
                arguments.add(all ? Cpus.possible() : call.cpu() + 1);
            }
            boolean receiver = true;
            for (Parameter parameter : call.unit().parameters()) {
                if (!parameter.perCpu()) {
                    long bits = Objects.requireNonNull(call.arguments().get(parameter));
                    arguments.add(value(parameter.type(), bits, call.dirt()));
                } else if (receiver) {
                    receiver = false;
                } else {
                    arguments.add(instances.get(call.instances().get(parameter)));
                }
            }
            return arguments;
        }

        private Object holder(Unit unit) throws ReflectiveOperationException {
            String name = TargetNames.camel(unit.name(), true) + "Result";
            return type(TargetNames.javaClass(program, unit) + "$" + name)
                    .getDeclaredConstructor()
                    .newInstance();
        }

        private Object element(Object holder, Result result, int index) throws ReflectiveOperationException {
            return required(holder.getClass()
                    .getMethod(TargetNames.camel(result.name(), false), int.class)
                    .invoke(holder, index));
        }

        private int length(Object holder, Result result) throws ReflectiveOperationException {
            return (Integer) required(holder.getClass()
                    .getMethod(TargetNames.camel(result.name() + "_length", false))
                    .invoke(holder));
        }

        private Object read(Object holder, Result result) throws ReflectiveOperationException {
            return required(holder.getClass()
                    .getMethod(TargetNames.camel(result.name(), false))
                    .invoke(holder));
        }
    }

    /** Whether results go into an object: all but one that is returned. */
    private static boolean hasHolder(Unit unit) {
        return !unit.results().isEmpty()
                && !(unit.outcomes().isEmpty()
                        && unit.results().size() == 1
                        && unit.results().get(0).type().isValue());
    }

    private static Ending ending(Unit unit, @Nullable Object returned) {
        if (unit.outcomesDeclared()) {
            return Ending.outcome(number(unit, ((Enum<?>) required(returned)).name()));
        }
        return switch (unit.outcomes().size()) {
            case 0 -> Ending.COMMITTED;
            case 1 -> Ending.outcome((Boolean) required(returned) ? 0 : 1);
            default -> Ending.outcome(number(unit, ((Enum<?>) required(returned)).name()));
        };
    }

    private static int number(Unit unit, String outcome) {
        return unit.outcomes().stream()
                .filter(each -> each.name().equals(outcome))
                .findFirst()
                .map(Outcome::number)
                .orElse(0);
    }

    private static Ending error(Throwable cause) {
        if (cause instanceof ArithmeticException) {
            return Ending.error(Ending.Kind.DIVISION_BY_ZERO);
        }
        if (cause instanceof IndexOutOfBoundsException) {
            return Ending.error(Ending.Kind.OUT_OF_BOUNDS);
        }
        return cause instanceof IllegalArgumentException
                ? Ending.error(Ending.Kind.ILLEGAL_ARGUMENT)
                : Ending.unexpected(cause.toString());
    }

    /** An argument; an int for a smaller unsigned type may have bits above, which do not count. */
    private static Object value(Type type, long bits, long dirt) {
        if (!(type instanceof ScalarType scalar)) {
            return bits;
        }
        return switch (scalar) {
            case U8, U16, BYTE -> (int) (bits | dirt << scalar.width(Abi.LP64));
            case U32, I32 -> (int) bits;
            case I8 -> (byte) bits;
            case I16 -> (short) bits;
            case BOOL -> bits != 0;
            case F32 -> Float.intBitsToFloat((int) bits);
            case F64 -> Double.longBitsToDouble(bits);
            default -> bits;
        };
    }

    /** A result; those of small unsigned types must be in the type's range. */
    private static long bits(Object value, Type type) {
        if (value instanceof Boolean truth) {
            return truth ? 1 : 0;
        }
        if (value instanceof Float number) {
            return Float.floatToRawIntBits(number) & Datum.mask(type);
        }
        if (value instanceof Double number) {
            return Double.doubleToRawLongBits(number);
        }
        long bits = ((Number) value).longValue();
        boolean small = type == ScalarType.U8 || type == ScalarType.U16 || type == ScalarType.BYTE;
        return small ? bits : bits & Datum.mask(type);
    }

    private static Object required(@Nullable Object value) {
        return Objects.requireNonNull(value);
    }
}
