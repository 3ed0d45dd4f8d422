// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.java.expressions;

import com.palantir.javapoet.CodeBlock;
import dev.opvc.compiler.emit.java.expressions.Rendered.Level;
import dev.opvc.compiler.emit.java.names.JavaLayout;
import dev.opvc.compiler.emit.java.names.JavaNames;
import dev.opvc.compiler.emit.java.names.RuntimeClasses;
import dev.opvc.compiler.emit.java.names.Variables;
import dev.opvc.compiler.emit.java.types.JavaType;
import dev.opvc.compiler.language.BinaryOperator;
import dev.opvc.compiler.language.UnaryOperator;
import dev.opvc.compiler.model.Abi;
import dev.opvc.compiler.model.ConstantValue;
import dev.opvc.compiler.model.Table;
import dev.opvc.compiler.vector.Address;
import dev.opvc.compiler.vector.Local;
import dev.opvc.compiler.vector.Value;
import java.util.Optional;

/**
 * Renders expressions with exactly the results that the language defines. What is rendered holds a value as
 * {@link JavaType} tells.
 */
public final class ExpressionRenderer implements Value.Cases<Rendered> {
    private final Variables variables;
    private final JavaLayout layout;
    private final AddressRenderer addresses;

    public ExpressionRenderer(Variables variables, JavaLayout layout) {
        this.variables = variables;
        this.layout = layout;
        this.addresses = new AddressRenderer(layout, this);
    }

    /** Renders addresses with this. */
    public AddressRenderer addresses() {
        return addresses;
    }

    /** Declares the variable of a local. */
    public CodeBlock declare(Local local, Value value) {
        return CodeBlock.builder()
                .addStatement(
                        "$T $L = $L", JavaType.of(value.type()).typeName(), variables.value(local), asArgument(value))
                .build();
    }

    /** Renders a value. */
    public Rendered render(Value value) {
        return value.match(this);
    }

    @Override
    public Rendered constant(Value.Constant constant) {
        return ConstantRenderer.render(constant);
    }

    /** Callers may pass any int where a type has fewer bits: its low bits count. */
    @Override
    public Rendered ofParameter(Value.OfParameter value) {
        JavaType type = JavaType.of(value.type());
        Rendered name = Rendered.primary("$L", variables.value(value.parameter()));
        return type.isMasked() ? ConversionRenderer.mask(name, type) : name;
    }

    @Override
    public Rendered ofLocal(Value.OfLocal value) {
        return Rendered.primary("$L", variables.value(value.local()));
    }

    @Override
    public Rendered ofPrepared(Value.OfPrepared value) {
        return Rendered.primary("$L", variables.value(value.prepared()));
    }

    @Override
    public Rendered ofFolded(Value.OfFolded value) {
        return Rendered.primary("$L", variables.value(value.folded().local()));
    }

    @Override
    public Rendered function(Value.Function function) {
        return FunctionRenderer.render(
                function.builtin(),
                function.arguments().stream().map(this::render).toList(),
                JavaType.of(function.arguments().get(0).type()));
    }

    @Override
    public Rendered unary(Value.Unary unary) {
        Rendered operand = render(unary.operand());
        return switch (unary.operator()) {
            case NEGATE, COMPLEMENT ->
                ConversionRenderer.wrap(Rendered.prefix(unary.operator().symbol(), operand), JavaType.of(unary.type()));
            case NOT -> Rendered.prefix("!", operand);
            case DEREFERENCE, ADDRESS_OF ->
                throw new IllegalArgumentException("not an operator on values: " + unary.operator());
        };
    }

    @Override
    public Rendered binary(Value.Binary binary) {
        return ArithmeticRenderer.render(
                binary.operator(), render(binary.left()), render(binary.right()), JavaType.of(binary.type()));
    }

    @Override
    public Rendered comparison(Value.Comparison comparison) {
        return comparison(comparison.operator(), comparison);
    }

    @Override
    public Rendered logical(Value.Logical logical) {
        Level level = logical.operator() == BinaryOperator.LOGICAL_AND ? Level.LOGICAL_AND : Level.LOGICAL_OR;
        return Rendered.infix(render(logical.left()), logical.operator().symbol(), level, render(logical.right()));
    }

    @Override
    public Rendered select(Value.Select select) {
        Rendered chosen = Rendered.of(
                Level.CONDITIONAL,
                "$L ? $L : $L",
                render(select.condition()).atLeast(Level.LOGICAL_OR),
                render(select.then()).atLeast(Level.LOGICAL_OR),
                render(select.otherwise()).atLeast(Level.LOGICAL_OR));
        // Java has two constants of a short type as ints, which nothing but a cast makes less of.
        boolean ints = select.then() instanceof Value.Constant && select.otherwise() instanceof Value.Constant;
        JavaType type = JavaType.of(select.type());
        return ints && type.isPromoted() ? ConversionRenderer.wrap(chosen, type) : chosen;
    }

    @Override
    public Rendered element(Value.Element element) {
        return Rendered.primary("$L[$L]", table(element.table()), asInt(element.index()));
    }

    @Override
    public Rendered bucketOf(Value.BucketOf bucketOf) {
        Table table = bucketOf.table();
        JavaType type = JavaType.of(table.element());
        Rendered operand = render(bucketOf.operand());
        boolean isInt = bucketOf.operand() instanceof Value.Constant && type.isPromoted();
        return Rendered.primary(
                "$T.$L($L, $L)",
                RuntimeClasses.ARITHMETIC,
                type.isBitPattern() ? "bucketOfUnsigned" : "bucketOf",
                table(table),
                (isInt ? ConversionRenderer.wrap(operand, type) : operand).code());
    }

    private CodeBlock table(Table table) {
        return CodeBlock.of(
                "$T.$L", layout.operations(), JavaNames.table(table.name().text()));
    }

    @Override
    public Rendered sameAddress(Value.SameAddress same) {
        return Rendered.infix(address(same.left()), "==", Level.EQUALITY, address(same.right()));
    }

    /** What has only been widened on its way is still there: Java would call the cast back redundant. */
    @Override
    public Rendered conversion(Value.Conversion conversion) {
        Optional<Value.Constant> folded = ConstantFolding.fold(conversion);
        if (folded.isPresent()) {
            return ConstantRenderer.render(folded.get());
        }
        JavaType target = JavaType.of(conversion.type());
        Value source = conversion.operand();
        while (source instanceof Value.Conversion inner && isWider(JavaType.of(inner.type()), target)) {
            source = inner.operand();
            if (JavaType.of(source.type()) == target) {
                return render(source);
            }
        }
        return ConversionRenderer.render(
                render(conversion.operand()), JavaType.of(conversion.operand().type()), target);
    }

    /** The condition that holds where this one does not. */
    public Rendered negated(Value condition) {
        if (condition instanceof Value.Unary not && not.operator() == UnaryOperator.NOT) {
            return render(not.operand());
        }
        if (condition instanceof Value.Comparison comparison && ComparisonRenderer.hasOpposite(comparison)) {
            return comparison(ComparisonRenderer.opposite(comparison.operator()), comparison);
        }
        return Rendered.prefix("!", render(condition));
    }

    /** The value as an argument that is a long; to an unsigned one of 32 bits zeros are added. */
    public CodeBlock asLong(Value expression) {
        Optional<CodeBlock> constant = smallConstant(expression);
        boolean widened = JavaType.of(expression.type()) == JavaType.U32 && constant.isEmpty();
        Rendered value = render(expression);
        return widened
                ? ConversionRenderer.render(value, JavaType.U32, JavaType.U64).code()
                : constant.orElse(value.code());
    }

    /** The value as an argument of its type or a wider one. Long constants that are ints as well are written so. */
    public CodeBlock asArgument(Value expression) {
        return smallConstant(expression).orElseGet(() -> render(expression).code());
    }

    /** The value as an argument that is an int; one that is longer is known to be small. */
    public CodeBlock asInt(Value expression) {
        return asIntOperand(expression).code();
    }

    /** The same as an operand. */
    public Rendered asIntOperand(Value expression) {
        JavaType type = JavaType.of(expression.type());
        return smallConstant(expression)
                .map(constant -> Rendered.primary("$L", constant))
                .orElseGet(
                        () -> ConversionRenderer.render(render(expression), type, type.isLong() ? JavaType.I32 : type));
    }

    private Rendered address(Address address) {
        return new Rendered(addresses.address(address), Level.SUM);
    }

    /** A number in whose low bytes, as many as the type has, the value stands; what is above them means nothing. */
    public CodeBlock asBits(Value expression) {
        if (expression instanceof Value.OfParameter value
                && JavaType.of(value.type()).isMasked()) {
            return CodeBlock.of("$L", variables.value(value.parameter()));
        }
        if (expression instanceof Value.OfPrepared value
                && JavaType.of(value.type()).isFloat()) {
            return CodeBlock.of("$L", variables.bits(value.prepared()));
        }
        return switch (JavaType.of(expression.type())) {
            case F32 ->
                CodeBlock.of(
                        "$T.floatToRawIntBits($L)",
                        Float.class,
                        render(expression).code());
            case F64 ->
                CodeBlock.of(
                        "$T.doubleToRawLongBits($L)",
                        Double.class,
                        render(expression).code());
            case BOOL -> CodeBlock.of("$L ? 1 : 0", render(expression).atLeast(Level.LOGICAL_OR));
            default -> asArgument(expression);
        };
    }

    private static Optional<CodeBlock> smallConstant(Value expression) {
        if (!(expression instanceof Value.Constant constant)) {
            return Optional.empty();
        }
        if (constant.value() instanceof ConstantValue.NullValue) {
            return Optional.of(CodeBlock.of("0"));
        }
        boolean integer = constant.value() instanceof ConstantValue.IntegerValue value
                && !JavaType.of(constant.type()).isFloat()
                && value.on(Abi.LP64).bitLength() < Integer.SIZE;
        return integer
                ? Optional.of(CodeBlock.of("$L", ((ConstantValue.IntegerValue) constant.value()).on(Abi.LP64)))
                : Optional.empty();
    }

    private static boolean isWider(JavaType type, JavaType other) {
        return !type.isFloat() && !other.isFloat() && type.width() > other.width();
    }

    private Rendered comparison(BinaryOperator operator, Value.Comparison comparison) {
        return ComparisonRenderer.render(
                operator,
                render(comparison.left()),
                render(comparison.right()),
                JavaType.of(comparison.left().type()));
    }
}
