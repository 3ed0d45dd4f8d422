// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.model;

import dev.opvc.compiler.language.Identifier;
import dev.opvc.compiler.source.SourceFile;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A struct. Its fields are set once, after all structs of a file are known by name, because they may point at each
 * other. Two structs are the same if they are declared in the same place.
 */
public final class StructType implements Type {
    private final Identifier name;
    private final boolean perCpu;
    private final Namespace namespace;
    private final @Nullable String doc;
    private List<Field> fields = List.of();
    private Map<String, Field> byName = Map.of();
    private boolean complete;
    private Layout lp64 = Layout.of(List.of(), Abi.LP64);
    private Layout ilp32 = Layout.of(List.of(), Abi.ILP32);
    private @Nullable InitialValue initialValue;

    /**
     * @param namespace that of the file that declares it
     */
    public StructType(Identifier name, boolean perCpu, Namespace namespace, @Nullable String doc) {
        this.name = name;
        this.perCpu = perCpu;
        this.namespace = namespace;
        this.doc = doc;
    }

    /** Completes the struct. {@code wellFormed} is false if a field is missing because it is in error. */
    public void define(List<Field> ofStruct, boolean wellFormed) {
        fields = List.copyOf(ofStruct);
        byName = fields.stream().collect(Collectors.toUnmodifiableMap(Field::name, field -> field));
        complete = wellFormed;
        initialValue = null;
        lp64 = Layout.of(fields, Abi.LP64);
        ilp32 = Layout.of(fields, Abi.ILP32);
    }

    public String name() {
        return name.text();
    }

    public Identifier identifier() {
        return name;
    }

    /** Whether every possible CPU has a copy of it, a slot. */
    public boolean perCpu() {
        return perCpu;
    }

    /** That of the file that declares it. */
    public Namespace namespace() {
        return namespace;
    }

    public String packageName() {
        return namespace.packageName();
    }

    /** The file that declares it. */
    public SourceFile file() {
        return name.span().file();
    }

    /** The documentation comment as written, with its delimiters. */
    public @Nullable String doc() {
        return doc;
    }

    public List<Field> fields() {
        return fields;
    }

    /** Whether all its fields are known; if not, what is wrong has been reported. */
    public boolean complete() {
        return complete;
    }

    public Optional<Field> field(String fieldName) {
        return Optional.ofNullable(byName.get(fieldName));
    }

    /**
     * The array at its end whose length is given when a slot is allocated, if it has one. {@link #fields()} has it, and
     * before it {@link #lengthField()}.
     */
    public Optional<Field> tail() {
        return fields.isEmpty()
                ? Optional.empty()
                : Optional.of(fields.get(fields.size() - 1))
                        .filter(last -> last.type() instanceof ArrayType array && array.sized());
    }

    /**
     * The number of elements of {@link #tail()}, which each slot holds, and which never changes: no statement names it as
     * a place.
     */
    public Optional<Field> lengthField() {
        return tail().map(tail -> fields.get(fields.size() - 2));
    }

    /** How far statements may reach that work on its slots as a whole: to the length of {@link #tail()}, or to its end. */
    public long reach(Abi abi) {
        return lengthField().map(length -> offset(length, abi)).orElse(size(abi));
    }

    /** What it holds before anything has been stored into it. */
    InitialValue initialValue() {
        InitialValue known = initialValue;
        if (known == null) {
            known = InitialValue.ofFields(this);
            initialValue = known;
        }
        return known;
    }

    /** Offset of a field of this struct in bytes. */
    public long offset(Field field, Abi abi) {
        Long offset = layout(abi).offsets.get(field);
        if (offset == null) {
            throw new IllegalArgumentException(field.name() + " is no field of " + name);
        }
        return offset;
    }

    /** Its size without the elements of {@link #tail()}. */
    @Override
    public long size(Abi abi) {
        return layout(abi).size;
    }

    @Override
    public int alignment(Abi abi) {
        return layout(abi).alignment;
    }

    private Layout layout(Abi abi) {
        return abi == Abi.LP64 ? lp64 : ilp32;
    }

    /** Where each field lies. It is made once: structs within structs would be measured over and over otherwise. */
    private record Layout(Map<Field, Long> offsets, long size, int alignment) {
        static Layout of(List<Field> fields, Abi abi) {
            Map<Field, Long> offsets = new HashMap<>();
            long end = 0;
            int alignment = 1;
            for (Field each : fields) {
                long offset = alignUp(end, each.type().alignment(abi));
                offsets.put(each, offset);
                boolean sized = each.type() instanceof ArrayType array && array.sized();
                end = sized ? offset : offset + each.type().size(abi);
                alignment = Math.max(alignment, each.type().alignment(abi));
            }
            return new Layout(offsets, alignUp(end, alignment), alignment);
        }
    }

    private static long alignUp(long offset, int alignment) {
        return (offset + alignment - 1) / alignment * alignment;
    }

    @Override
    public String toString() {
        return name.text();
    }
}
