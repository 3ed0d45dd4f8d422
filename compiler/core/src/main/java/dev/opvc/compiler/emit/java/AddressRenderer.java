// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.java;

import com.palantir.javapoet.CodeBlock;
import dev.opvc.compiler.emit.java.Rendered.Level;
import dev.opvc.compiler.model.Abi;
import dev.opvc.compiler.vector.Address;
import dev.opvc.compiler.model.ArrayType;
import dev.opvc.compiler.vector.Value;
import dev.opvc.compiler.model.Length;
import dev.opvc.compiler.vector.Place;
import dev.opvc.compiler.model.StructType;
import dev.opvc.compiler.model.Type;
import dev.opvc.compiler.model.ConstantValue;
import java.util.List;

/** Renders where places are and how large they are, by the named constants of the structs' classes. */
final class AddressRenderer {
    private final JavaLayout layout;
    private final ExpressionRenderer expressions;

    AddressRenderer(JavaLayout layout, ExpressionRenderer expressions) {
        this.layout = layout;
        this.expressions = expressions;
    }

    /** The address of a place; its indices have been checked. */
    CodeBlock address(Place place) {
        if (place.selectors().isEmpty()) {
            return expressions.asArgument(place.pointer());
        }
        return address(expressions.render(place.pointer()), place.selectors());
    }

    /** The address of what selectors lead to from an address. */
    CodeBlock address(Rendered base, List<Place.Selector> selectors) {
        Rendered address = base;
        for (Place.Selector selector : selectors) {
            address = Rendered.infix(address, "+", Level.SUM, step(selector));
        }
        return address.code();
    }

    /** An address that is not a cell's. */
    CodeBlock address(Address address) {
        return address instanceof Address.OfPointer pointer
                ? expressions.asArgument(pointer.pointer())
                : address(((Address.OfPlace) address).place());
    }

    /** The size of a type in bytes. */
    Rendered size(Type type) {
        return type instanceof StructType struct && layout.canName(struct)
                ? Rendered.primary("$T.$L", layout.accessorsOf(struct), AccessorWriter.SIZE)
                : Rendered.primary("$L", type.size(Abi.LP64));
    }

    /** A number of bytes as an argument. */
    CodeBlock length(Length length) {
        if (length instanceof Length.Fixed fixed) {
            return CodeBlock.of("$L", fixed.lp64());
        }
        if (length instanceof Length.OfType type) {
            return size(type.type()).code();
        }
        return expressions.asInt(new Value.OfParameter(((Length.OfParameter) length).parameter()));
    }

    private Rendered step(Place.Selector selector) {
        if (selector instanceof Place.FieldSelector field) {
            return offset(field);
        }
        Place.IndexSelector index = (Place.IndexSelector) selector;
        return offset(index.index(), index.array());
    }

    private Rendered offset(Place.FieldSelector selector) {
        return layout.canName(selector.struct())
                ? Rendered.primary(
                        "$T.$L",
                        layout.accessorsOf(selector.struct()),
                        JavaNames.offset(selector.field().name()))
                : Rendered.primary("$L", selector.struct().offset(selector.field(), Abi.LP64));
    }

    private Rendered offset(Value index, ArrayType array) {
        if (index instanceof Value.Constant constant && constant.value() instanceof ConstantValue.IntegerValue value) {
            long bytes = value.on(Abi.LP64).longValueExact() * array.element().size(Abi.LP64);
            return Rendered.primary("$L", bytes);
        }
        return scaled(expressions.render(index), array);
    }

    /** A number of elements of an array in bytes. No struct is so large that an int would not do. */
    Rendered scaled(Rendered count, ArrayType array) {
        return array.element().size(Abi.LP64) == 1
                ? count
                : Rendered.infix(size(array.element()), "*", Level.PRODUCT, count);
    }
}
