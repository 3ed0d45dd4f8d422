// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.explain;

import dev.opvc.compiler.language.BinaryOperator;
import dev.opvc.compiler.language.UnaryOperator;
import dev.opvc.compiler.model.Abi;
import dev.opvc.compiler.model.ConstantValue;
import dev.opvc.compiler.model.Length;
import dev.opvc.compiler.model.PointerType;
import dev.opvc.compiler.model.Type;
import dev.opvc.compiler.vector.Address;
import dev.opvc.compiler.vector.FoldedValue;
import dev.opvc.compiler.vector.Local;
import dev.opvc.compiler.vector.Place;
import dev.opvc.compiler.vector.Value;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Writes the model back as OPV, with no more parentheses than the language asks for. Only {@code cell(e)} is not of the
 * language: memory of the caller that holds the value of {@code e} while the vector runs.
 */
public final class OpvText {
    /** How tightly a text holds together: what binds looser than its surroundings ask for stands in parentheses. */
    private static final int LOOSEST = 0;

    private static final int PREFIX = 20;
    private static final int POSTFIX = 30;

    private final Abi abi;
    private final PathNames names;

    /**
     * @param abi the machine whose sizes constants have
     */
    public OpvText(Abi abi) {
        this(abi, PathNames.AS_GIVEN);
    }

    /** Writes values by the names that they have on a path. */
    OpvText(Abi abi, PathNames names) {
        this.abi = abi;
        this.names = names;
    }

    Abi abi() {
        return abi;
    }

    private record Text(String text, int binding) {
        String within(int least) {
            return binding < least ? "(" + text + ")" : text;
        }
    }

    /** An expression. */
    public String expression(Value expr) {
        return text(expr).within(LOOSEST);
    }

    /** What a local is called. */
    String name(Local local) {
        return names.of(local);
    }

    /** A fold, as it is written. */
    String fold(FoldedValue folded) {
        String operand = folded instanceof FoldedValue.Scalar scalar
                ? expression(scalar.operand())
                : place(((FoldedValue.Array) folded).operand());
        return folded.function().word() + "(" + operand + ")";
    }

    /** A place. */
    public String place(Place place) {
        return text(place).text();
    }

    /** An address: a pointer, {@code &place}, {@code &parameter}, {@code &result} or {@code cell(value)}. */
    public String address(Address address) {
        if (address instanceof Address.OfPointer pointer) {
            return expression(pointer.pointer());
        }
        if (address instanceof Address.OfPlace of) {
            Place place = of.place();
            return place.selectors().isEmpty() ? expression(place.pointer()) : "&" + place(place);
        }
        if (address instanceof Address.OfCopy copy) {
            return copy.places().stream().map(this::place).collect(Collectors.joining(", ", "cell(", ")"));
        }
        Address.OfCell cell = (Address.OfCell) address;
        return names.result(cell).map(result -> "&" + result).orElseGet(() -> cell(cell.value()));
    }

    private String cell(Value value) {
        return value instanceof Value.OfParameter ? "&" + expression(value) : "cell(" + expression(value) + ")";
    }

    /** A length: a number of bytes, or the parameter that holds it. */
    public String length(Length length) {
        return length instanceof Length.OfParameter of ? of.parameter().name() : String.valueOf(length.max(abi));
    }

    private Text text(Value expr) {
        if (expr instanceof Value.Constant constant) {
            return text(constant);
        }
        if (expr instanceof Value.OfParameter parameter) {
            return new Text(parameter.parameter().name(), POSTFIX);
        }
        if (expr instanceof Value.OfLocal binding) {
            return new Text(name(binding.local()), POSTFIX);
        }
        if (expr instanceof Value.OfFolded folded) {
            return new Text(fold(folded.folded()), POSTFIX);
        }
        if (expr instanceof Value.OfPrepared value) {
            return text(value.prepared().place());
        }
        if (expr instanceof Value.Function function) {
            return new Text(
                    function.builtin().word() + "("
                            + String.join(
                                    ", ",
                                    function.arguments().stream()
                                            .map(this::expression)
                                            .toList())
                            + ")",
                    POSTFIX);
        }
        if (expr instanceof Value.Unary unary) {
            return prefix(unary.operator().symbol(), text(unary.operand()));
        }
        if (expr instanceof Value.Binary binary) {
            return infix(binary.operator(), binary.left(), binary.right());
        }
        if (expr instanceof Value.Comparison comparison) {
            return infix(comparison.operator(), comparison.left(), comparison.right());
        }
        if (expr instanceof Value.Logical logical) {
            return infix(logical.operator(), logical.left(), logical.right());
        }
        if (expr instanceof Value.SameAddress same) {
            return new Text(address(same.left()) + " == " + address(same.right()), binding(BinaryOperator.EQUAL));
        }
        if (expr instanceof Value.Select select) {
            return new Text(
                    text(select.condition()).within(PREFIX) + " ? "
                            + text(select.then()).within(PREFIX) + " : "
                            + text(select.otherwise()).within(PREFIX),
                    LOOSEST);
        }
        Value.Conversion conversion = (Value.Conversion) expr;
        return conversion(conversion.type(), expression(conversion.operand()));
    }

    private Text text(Value.Constant constant) {
        ConstantValue value = constant.value();
        if (value instanceof ConstantValue.NullValue) {
            return new Text("null", POSTFIX);
        }
        if (value instanceof ConstantValue.BoolValue bool) {
            return new Text(String.valueOf(bool.value()), POSTFIX);
        }
        if (value instanceof ConstantValue.IntegerValue integer) {
            String digits = integer.on(abi).toString();
            return constant.type() instanceof PointerType ? conversion(constant.type(), digits) : number(digits);
        }
        if (value instanceof ConstantValue.DecimalValue decimal) {
            return number(decimal(decimal.value()));
        }
        return number(special(((ConstantValue.SpecialFloat) value).value()));
    }

    /** A float literal has a point or an exponent; without either it would be an integer. */
    private static String decimal(BigDecimal value) {
        String text = value.toString();
        return text.indexOf('.') < 0 && text.indexOf('E') < 0 ? text + ".0" : text;
    }

    private static String special(double value) {
        if (Double.isNaN(value)) {
            return "nan";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "inf" : "-inf";
        }
        return String.valueOf(value);
    }

    private static Text number(String literal) {
        return new Text(literal, literal.startsWith("-") ? PREFIX : POSTFIX);
    }

    private static Text conversion(Type type, String operand) {
        return new Text((type instanceof PointerType ? "cast<" + type + ">" : type) + "(" + operand + ")", POSTFIX);
    }

    private Text text(Place place) {
        Text text = text(place.pointer());
        List<Place.Selector> selectors = place.selectors();
        if (selectors.isEmpty()) {
            return prefix(UnaryOperator.DEREFERENCE.symbol(), text);
        }
        int rest = 0;
        if (selectors.get(0) instanceof Place.FieldSelector first) {
            text = new Text(text.within(POSTFIX) + "->" + first.field().name(), POSTFIX);
            rest = 1;
        } else {
            text = prefix(UnaryOperator.DEREFERENCE.symbol(), text);
        }
        for (Place.Selector selector : selectors.subList(rest, selectors.size())) {
            text = new Text(text.within(POSTFIX) + selector(selector), POSTFIX);
        }
        return text;
    }

    private String selector(Place.Selector selector) {
        return selector instanceof Place.FieldSelector field
                ? "." + field.field().name()
                : "[" + expression(((Place.IndexSelector) selector).index()) + "]";
    }

    /** Two minus signs in a row would be a decrement. */
    private static Text prefix(String symbol, Text operand) {
        boolean decrement = symbol.equals("-") && operand.text().startsWith("-");
        return new Text(symbol + operand.within(decrement ? POSTFIX : PREFIX), PREFIX);
    }

    private Text infix(BinaryOperator operator, Value left, Value right) {
        int binding = binding(operator);
        return new Text(
                operand(operator, left, binding)
                        + " "
                        + operator.symbol()
                        + " "
                        + operand(operator, right, binding + 1),
                binding);
    }

    /** An operand that binds at least as tight as {@code least}, and whose operator may stand beside this one. */
    private String operand(BinaryOperator operator, Value operand, int least) {
        return text(operand).within(mayStandBeside(operator, operand) ? least : PREFIX);
    }

    private static boolean mayStandBeside(BinaryOperator outer, Value operand) {
        if (operand instanceof Value.Binary binary) {
            return isBitwise(outer) == isBitwise(binary.operator()) || outer.group() == BinaryOperator.Group.LOGICAL;
        }
        return !(operand instanceof Value.Comparison) || !isBitwise(outer);
    }

    private static boolean isBitwise(BinaryOperator operator) {
        return operator.group() == BinaryOperator.Group.BITWISE || operator.group() == BinaryOperator.Group.SHIFT;
    }

    /** The levels of the grammar, loosest first. */
    private static int binding(BinaryOperator operator) {
        return switch (operator) {
            case LOGICAL_OR -> 1;
            case LOGICAL_AND -> 2;
            case EQUAL, NOT_EQUAL -> 3;
            case LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL -> 4;
            case OR -> 5;
            case XOR -> 6;
            case AND -> 7;
            case SHIFT_LEFT, SHIFT_RIGHT -> 8;
            case ADD, SUBTRACT -> 9;
            case MULTIPLY, DIVIDE, REMAINDER -> 10;
        };
    }
}
