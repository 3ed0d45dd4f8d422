// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.java.expressions;

import com.palantir.javapoet.CodeBlock;
import dev.opvc.compiler.emit.java.expressions.Rendered.Level;
import dev.opvc.compiler.emit.java.names.RuntimeClasses;
import dev.opvc.compiler.emit.java.types.JavaType;
import dev.opvc.compiler.model.Abi;
import dev.opvc.compiler.model.ArrayType;
import dev.opvc.compiler.model.StructType;
import dev.opvc.compiler.vector.Length;
import dev.opvc.compiler.vector.Place;
import dev.opvc.compiler.vector.RangeCheck;
import dev.opvc.compiler.vector.Value;
import java.util.Objects;
import java.util.Optional;

/** Renders checks: the condition under which one fails, and the exception that then is thrown. */
public final class RangeCheckRenderer implements RangeCheck.Cases<RangeCheckRenderer.RenderedCheck> {
    /**
     * A check in Java.
     *
     * @param failed the condition under which it fails
     * @param exception an expression that makes what is thrown then
     */
    public record RenderedCheck(CodeBlock failed, CodeBlock exception) {}

    private final ExpressionRenderer expressions;
    private final AddressRenderer addresses;

    public RangeCheckRenderer(ExpressionRenderer expressions, AddressRenderer addresses) {
        this.expressions = expressions;
        this.addresses = addresses;
    }

    /** Renders the condition and the exception apart. */
    public RenderedCheck render(RangeCheck check) {
        return check.match(this);
    }

    /** Throws if the check fails. */
    public CodeBlock orThrow(RangeCheck check) {
        if (check instanceof RangeCheck.Index index) {
            return checkIndex(index.index(), CodeBlock.of("$L", index.length()));
        }
        if (check instanceof RangeCheck.BelowLength index) {
            return checkIndex(index.index(), expressions.render(length(index)).code());
        }
        RenderedCheck rendered = render(check);
        return CodeBlock.builder()
                .beginControlFlow("if ($L)", rendered.failed())
                .addStatement("throw $L", rendered.exception())
                .endControlFlow()
                .build();
    }

    private CodeBlock checkIndex(Value index, CodeBlock length) {
        return CodeBlock.builder()
                .addStatement(
                        "$T.checkIndex($L, $L)",
                        Objects.class,
                        expressions.render(index).code(),
                        length)
                .build();
    }

    private static Value length(RangeCheck.BelowLength check) {
        return new Value.OfParameter(check.length());
    }

    @Override
    public RenderedCheck belowLength(RangeCheck.BelowLength check) {
        Quantity index = quantity(check.index());
        Rendered length = expressions.render(length(check));
        return new RenderedCheck(
                index.compare(">=", Quantity.notNegative(length, false)),
                CodeBlock.of(
                        "new $T($S + $L + $S + $L)",
                        IndexOutOfBoundsException.class,
                        "index ",
                        index.text(),
                        " is out of range for length ",
                        length.code()));
    }

    @Override
    public RenderedCheck index(RangeCheck.Index check) {
        Quantity index = quantity(check.index());
        return new RenderedCheck(
                index.compare(">=", Quantity.of(check.length())),
                CodeBlock.of(
                        "new $T($S + $L + $S)",
                        IndexOutOfBoundsException.class,
                        "index ",
                        index.text(),
                        " is out of range for length " + check.length()));
    }

    @Override
    public RenderedCheck withinMax(RangeCheck.WithinMax check) {
        Quantity value = quantity(new Value.OfParameter(check.parameter()));
        long max = check.parameter().max().orElseThrow();
        return new RenderedCheck(
                value.compare(">", Quantity.of(max)),
                CodeBlock.of(
                        "new $T($S + $L + $S)",
                        IllegalArgumentException.class,
                        check.parameter().name() + " is ",
                        value.text(),
                        "; it must be at most " + max));
    }

    @Override
    public RenderedCheck withinPlace(RangeCheck.WithinPlace check) {
        Quantity length = quantity(check.length());
        Quantity left = bytesLeft(check.place());
        return new RenderedCheck(
                length.compare(">", left),
                CodeBlock.of(
                        "new $T($S + $L + $S + $L)",
                        IndexOutOfBoundsException.class,
                        "length ",
                        length.text(),
                        " reaches past the end of its place; bytes left: ",
                        left.text()));
    }

    @Override
    public RenderedCheck shiftCount(RangeCheck.ShiftCount check) {
        Quantity bits = quantity(check.bits());
        int width = check.type().width(Abi.LP64);
        return new RenderedCheck(
                bits.compare(">=", Quantity.of(width)),
                CodeBlock.of(
                        "new $T($S + $L + $S)",
                        IllegalArgumentException.class,
                        "shift count ",
                        bits.text(),
                        " is not below the width of " + check.type() + ", " + width));
    }

    @Override
    public RenderedCheck apart(RangeCheck.Apart check) {
        return new RenderedCheck(
                CodeBlock.of(
                        "!$T.$L($L, $L, $L, $L)",
                        RuntimeClasses.MEMORY,
                        check.mayBeSame() ? "areSameOrApart" : "areApart",
                        addresses.address(check.written()),
                        addresses.length(check.length()),
                        addresses.address(check.place()),
                        addresses.size(check.place().type()).code()),
                CodeBlock.of(
                        "new $T($S)",
                        IllegalArgumentException.class,
                        "memory that is read overlaps memory that has been written before"));
    }

    @Override
    public RenderedCheck divisor(RangeCheck.Divisor check) {
        Rendered zero = Rendered.primary("0");
        return new RenderedCheck(
                Rendered.infix(expressions.render(check.divisor()), "==", Level.EQUALITY, zero)
                        .code(),
                CodeBlock.of("new $T($S)", ArithmeticException.class, "division by zero"));
    }

    private Quantity quantity(Value expression) {
        return Quantity.of(expressions.render(expression), JavaType.of(expression.type()));
    }

    private Quantity quantity(Length length) {
        return length.match(new Length.Cases<Quantity>() {
            @Override
            public Quantity fixed(Length.Fixed fixed) {
                return Quantity.of(fixed.lp64());
            }

            @Override
            public Quantity ofType(Length.OfType ofType) {
                return Quantity.of(ofType.max(Abi.LP64));
            }

            @Override
            public Quantity ofParameter(Length.OfParameter ofParameter) {
                return quantity(new Value.OfParameter(ofParameter.parameter()));
            }

            @Override
            public Quantity computed(Length.Computed computed) {
                return quantity(computed.value());
            }
        });
    }

    private Quantity bytesLeft(Place place) {
        int last = place.selectors().size() - 1;
        if (last >= 0 && place.selectors().get(last) instanceof Place.IndexSelector selector) {
            return bytesLeft(selector, place.givenLengthAround());
        }
        if (place.givenLength().isPresent()) {
            Rendered elements = expressions.render(place.givenLength().get());
            return Quantity.notNegative(addresses.scaled(elements, (ArrayType) place.type()), false);
        }
        return Quantity.of(
                place.type() instanceof StructType struct
                        ? struct.reach(Abi.LP64)
                        : place.type().size(Abi.LP64));
    }

    private Quantity bytesLeft(Place.IndexSelector selector, Optional<Value> givenLength) {
        JavaType type = JavaType.of(selector.index().type());
        Rendered length = givenLength
                .map(expressions::render)
                .orElseGet(() -> Rendered.primary("$L", selector.array().length()));
        Rendered elements = Rendered.infix(length, "-", Level.SUM, expressions.render(selector.index()));
        return Quantity.notNegative(addresses.scaled(elements, selector.array()), type.isLong());
    }
}
