// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.java.expressions;

import com.palantir.javapoet.CodeBlock;
import dev.opvc.compiler.emit.java.expressions.Rendered.Level;
import dev.opvc.compiler.emit.java.names.JavaLayout;
import dev.opvc.compiler.emit.java.names.JavaNames;
import dev.opvc.compiler.model.Abi;
import dev.opvc.compiler.model.ArrayType;
import dev.opvc.compiler.model.ConstantValue;
import dev.opvc.compiler.model.StructType;
import dev.opvc.compiler.model.Type;
import dev.opvc.compiler.vector.Address;
import dev.opvc.compiler.vector.Length;
import dev.opvc.compiler.vector.Place;
import dev.opvc.compiler.vector.Value;
import java.util.List;

/** Renders where places are and how large they are, by the named constants of the structs' classes. */
public final class AddressRenderer implements Address.Cases<CodeBlock> {
    private final JavaLayout layout;
    private final ExpressionRenderer expressions;
    private final Offsets offsets = new Offsets();
    private final Lengths lengths = new Lengths();

    AddressRenderer(JavaLayout layout, ExpressionRenderer expressions) {
        this.layout = layout;
        this.expressions = expressions;
    }

    /** The address of a place; its indices have been checked. */
    public CodeBlock address(Place place) {
        if (place.selectors().isEmpty()) {
            return expressions.asArgument(place.pointer());
        }
        return address(expressions.render(place.pointer()), place.selectors());
    }

    /** The address of what selectors lead to from an address. */
    public CodeBlock address(Rendered base, List<Place.Selector> selectors) {
        Rendered address = base;
        for (Place.Selector selector : selectors) {
            address = Rendered.infix(address, "+", Level.SUM, selector.match(offsets));
        }
        return address.code();
    }

    /** An address that is not a cell's. */
    public CodeBlock address(Address address) {
        return address.match(this);
    }

    @Override
    public CodeBlock ofPointer(Address.OfPointer address) {
        return expressions.asArgument(address.pointer());
    }

    @Override
    public CodeBlock ofPlace(Address.OfPlace address) {
        return address(address.place());
    }

    @Override
    public CodeBlock ofCell(Address.OfCell address) {
        throw new IllegalArgumentException("where a cell is depends on the form");
    }

    @Override
    public CodeBlock ofCopy(Address.OfCopy address) {
        throw new IllegalArgumentException("where a copy is depends on the form");
    }

    @Override
    public CodeBlock ofInitial(Address.OfInitial address) {
        throw new IllegalArgumentException("where initial values are depends on the form");
    }

    /** The size of a type in bytes. */
    public Rendered size(Type type) {
        return type instanceof StructType struct && layout.canName(struct)
                ? Rendered.primary("$T.$L", layout.accessorsOf(struct), JavaNames.SIZE)
                : Rendered.primary("$L", type.size(Abi.LP64));
    }

    /** A number of bytes as an argument. */
    public CodeBlock length(Length length) {
        return length.match(lengths);
    }

    /** A number of elements of an array in bytes. No struct is so large that an int would not do. */
    Rendered scaled(Rendered count, ArrayType array) {
        return array.element().size(Abi.LP64) == 1
                ? count
                : Rendered.infix(size(array.element()), "*", Level.PRODUCT, count);
    }

    /** How far behind its beginning a part of a struct or an array lies, in bytes. */
    private final class Offsets implements Place.SelectorCases<Rendered> {
        @Override
        public Rendered field(Place.FieldSelector field) {
            return layout.canName(field.struct())
                    ? Rendered.primary(
                            "$T.$L",
                            layout.accessorsOf(field.struct()),
                            JavaNames.offset(field.field().name()))
                    : Rendered.primary("$L", field.struct().offset(field.field(), Abi.LP64));
        }

        @Override
        public Rendered index(Place.IndexSelector selector) {
            ArrayType array = selector.array();
            if (selector.index() instanceof Value.Constant constant
                    && constant.value() instanceof ConstantValue.IntegerValue value) {
                long bytes =
                        value.on(Abi.LP64).longValueExact() * array.element().size(Abi.LP64);
                return Rendered.primary("$L", bytes);
            }
            return scaled(expressions.render(selector.index()), array);
        }
    }

    private final class Lengths implements Length.Cases<CodeBlock> {
        @Override
        public CodeBlock fixed(Length.Fixed length) {
            return CodeBlock.of("$L", length.lp64());
        }

        @Override
        public CodeBlock ofType(Length.OfType length) {
            return size(length.type()).code();
        }

        @Override
        public CodeBlock ofParameter(Length.OfParameter length) {
            return expressions.asInt(new Value.OfParameter(length.parameter()));
        }

        @Override
        public CodeBlock computed(Length.Computed length) {
            return expressions.asInt(length.value());
        }
    }
}
