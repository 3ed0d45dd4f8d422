// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.model;

import java.util.List;

/**
 * What memory of a type holds before anything has been stored there: what the fields on the way say, and zeros where
 * none says anything.
 */
public sealed interface InitialValue {
    Type type();

    /**
     * How many values in it are not zero, those of an array's elements counted once: as many as there are stores to write
     * where memory is zero already.
     */
    long stores();

    /** Dispatches on the kind of value. */
    <R> R match(Cases<R> cases);

    /**
     * What is done with each kind of value.
     *
     * @param <R> what comes of it
     */
    interface Cases<R> {
        R scalar(OfScalar scalar);

        R array(OfArray array);

        R struct(OfStruct struct);
    }

    /** Of a scalar or pointer. */
    record OfScalar(Type type, ConstantValue value) implements InitialValue {
        @Override
        public long stores() {
            return value.equals(ConstantValue.zero(type)) ? 0 : 1;
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.scalar(this);
        }
    }

    /** Of an array, each of whose elements begins alike. */
    record OfArray(ArrayType type, InitialValue element) implements InitialValue {
        @Override
        public long stores() {
            return element.stores();
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.array(this);
        }
    }

    /**
     * Of a struct.
     *
     * @param fields in the order of the struct's fields
     */
    record OfStruct(StructType type, List<InitialValue> fields, long stores) implements InitialValue {
        public OfStruct {
            fields = List.copyOf(fields);
        }

        private static OfStruct of(StructType type) {
            List<InitialValue> fields =
                    type.fields().stream().map(InitialValue::of).toList();
            return new OfStruct(
                    type,
                    fields,
                    fields.stream().mapToLong(InitialValue::stores).sum());
        }

        /** That of one of its fields. */
        public InitialValue field(Field field) {
            return fields.get(type.fields().indexOf(field));
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.struct(this);
        }
    }

    /** Whether all of it is zero. */
    default boolean isZero() {
        return stores() == 0;
    }

    /** That of memory to which no field leads. */
    static InitialValue of(Type type) {
        if (type instanceof ArrayType array) {
            return new OfArray(array, of(array.element()));
        }
        return type instanceof StructType struct ? struct.initialValue() : new OfScalar(type, ConstantValue.zero(type));
    }

    /** That of a struct, for the struct to keep: structs within structs would be looked through over and over otherwise. */
    static InitialValue ofFields(StructType type) {
        return OfStruct.of(type);
    }

    private static InitialValue of(Field field) {
        Expr.Constant initial = field.initial();
        return initial == null ? of(field.type()) : each(field.type(), initial.value());
    }

    /** One whose every value is the same. */
    private static InitialValue each(Type type, ConstantValue value) {
        return type instanceof ArrayType array
                ? new OfArray(array, each(array.element(), value))
                : new OfScalar(type, value);
    }
}
