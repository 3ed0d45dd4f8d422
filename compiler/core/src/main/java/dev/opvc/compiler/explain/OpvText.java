// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.explain;

import dev.opvc.compiler.language.BinaryOperator;
import dev.opvc.compiler.language.UnaryOperator;
import dev.opvc.compiler.model.Abi;
import dev.opvc.compiler.vector.Address;
import dev.opvc.compiler.vector.FoldedValue;
import dev.opvc.compiler.vector.Length;
import dev.opvc.compiler.vector.Local;
import dev.opvc.compiler.vector.Place;
import dev.opvc.compiler.vector.Value;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Writes the model back as OPV, with no more parentheses than the language asks for. Only {@code cell(e)} is not of the
 * language, memory of the caller that holds the value of {@code e} while the vector runs, and {@code initial(e)}, memory
 * that holds what {@code e} begins with.
 */
public final class OpvText {
    private final Abi abi;
    private final PathNames names;
    private final AddressText addresses = new AddressText();
    private final ValueText values = new ValueText();

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

    /** An expression. */
    public String expression(Value expr) {
        return text(expr).within(Text.LOOSEST);
    }

    /** What a local is called. */
    String name(Local local) {
        return names.of(local);
    }

    /** A fold, as it is written. */
    String fold(FoldedValue folded) {
        String operand = folded.match(new FoldedValue.Cases<>() {
            @Override
            public String scalar(FoldedValue.Scalar scalar) {
                return expression(scalar.operand());
            }

            @Override
            public String array(FoldedValue.Array array) {
                return place(array.operand());
            }
        });
        return folded.function().word() + "(" + operand + ")";
    }

    /** A place. */
    public String place(Place place) {
        return text(place).text();
    }

    /** An address: a pointer, {@code &place}, {@code &parameter}, {@code &result} or {@code cell(value)}. */
    public String address(Address address) {
        return address.match(addresses);
    }

    private final class AddressText implements Address.Cases<String> {
        @Override
        public String ofPointer(Address.OfPointer address) {
            return expression(address.pointer());
        }

        @Override
        public String ofPlace(Address.OfPlace address) {
            Place place = address.place();
            return place.selectors().isEmpty() ? expression(place.pointer()) : "&" + place(place);
        }

        @Override
        public String ofCell(Address.OfCell address) {
            return names.result(address).map(result -> "&" + result).orElseGet(() -> cell(address.value()));
        }

        @Override
        public String ofCopy(Address.OfCopy address) {
            return places(address.places(), "cell(");
        }

        @Override
        public String ofInitial(Address.OfInitial address) {
            return places(address.places(), "initial(");
        }

        private String places(List<Place> places, String prefix) {
            return places.stream().map(OpvText.this::place).collect(Collectors.joining(", ", prefix, ")"));
        }
    }

    private String cell(Value value) {
        return value instanceof Value.OfParameter ? "&" + expression(value) : "cell(" + expression(value) + ")";
    }

    /** A length: a number of bytes, or what holds it. */
    public String length(Length length) {
        return length.match(new Length.Cases<>() {
            @Override
            public String fixed(Length.Fixed fixed) {
                return String.valueOf(fixed.max(abi));
            }

            @Override
            public String ofType(Length.OfType ofType) {
                return String.valueOf(ofType.max(abi));
            }

            @Override
            public String ofParameter(Length.OfParameter ofParameter) {
                return ofParameter.parameter().name();
            }

            @Override
            public String computed(Length.Computed computed) {
                return expression(computed.value());
            }
        });
    }

    private Text text(Value value) {
        return value.match(values);
    }

    private final class ValueText implements Value.Cases<Text> {
        @Override
        public Text constant(Value.Constant constant) {
            return ConstantText.of(constant, abi);
        }

        @Override
        public Text ofParameter(Value.OfParameter value) {
            return new Text(value.parameter().name(), Text.POSTFIX);
        }

        @Override
        public Text ofLocal(Value.OfLocal value) {
            return new Text(name(value.local()), Text.POSTFIX);
        }

        @Override
        public Text ofPrepared(Value.OfPrepared value) {
            return text(value.prepared().place());
        }

        @Override
        public Text ofFolded(Value.OfFolded value) {
            return new Text(fold(value.folded()), Text.POSTFIX);
        }

        @Override
        public Text function(Value.Function function) {
            return call(function.builtin().word(), function.arguments());
        }

        @Override
        public Text unary(Value.Unary unary) {
            return Text.prefix(unary.operator().symbol(), text(unary.operand()));
        }

        @Override
        public Text binary(Value.Binary binary) {
            return infix(binary.operator(), binary.left(), binary.right());
        }

        @Override
        public Text comparison(Value.Comparison comparison) {
            return infix(comparison.operator(), comparison.left(), comparison.right());
        }

        @Override
        public Text logical(Value.Logical logical) {
            return infix(logical.operator(), logical.left(), logical.right());
        }

        @Override
        public Text select(Value.Select select) {
            return call("select", List.of(select.condition(), select.then(), select.otherwise()));
        }

        @Override
        public Text element(Value.Element element) {
            return new Text(element.table() + "[" + expression(element.index()) + "]", Text.POSTFIX);
        }

        @Override
        public Text bucketOf(Value.BucketOf bucketOf) {
            return new Text(
                    "bucket_of(" + bucketOf.table() + ", " + expression(bucketOf.operand()) + ")", Text.POSTFIX);
        }

        private Text call(String function, List<Value> arguments) {
            return new Text(
                    arguments.stream()
                            .map(OpvText.this::expression)
                            .collect(Collectors.joining(", ", function + "(", ")")),
                    Text.POSTFIX);
        }

        @Override
        public Text sameAddress(Value.SameAddress same) {
            return new Text(address(same.left()) + " == " + address(same.right()), binding(BinaryOperator.EQUAL));
        }

        @Override
        public Text conversion(Value.Conversion conversion) {
            return Text.conversion(conversion.type(), expression(conversion.operand()));
        }
    }

    private Text text(Place place) {
        Text text = text(place.pointer());
        List<Place.Selector> selectors = place.selectors();
        if (selectors.isEmpty()) {
            return Text.prefix(UnaryOperator.DEREFERENCE.symbol(), text);
        }
        int rest = 0;
        if (selectors.get(0) instanceof Place.FieldSelector first) {
            text = new Text(text.within(Text.POSTFIX) + "->" + first.field().name(), Text.POSTFIX);
            rest = 1;
        } else {
            text = Text.prefix(UnaryOperator.DEREFERENCE.symbol(), text);
        }
        for (Place.Selector selector : selectors.subList(rest, selectors.size())) {
            text = new Text(text.within(Text.POSTFIX) + selector(selector), Text.POSTFIX);
        }
        return text;
    }

    private String selector(Place.Selector selector) {
        return selector.match(new Place.SelectorCases<>() {
            @Override
            public String field(Place.FieldSelector field) {
                return "." + field.field().name();
            }

            @Override
            public String index(Place.IndexSelector index) {
                return "[" + expression(index.index()) + "]";
            }
        });
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
        return text(operand).within(mayStandBeside(operator, operand) ? least : Text.PREFIX);
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
