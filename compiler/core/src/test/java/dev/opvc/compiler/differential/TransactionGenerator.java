// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.differential;

import dev.opvc.compiler.differential.Names.Named;
import dev.opvc.compiler.differential.PlaceGenerator.Place;
import dev.opvc.compiler.differential.PlaceGenerator.Use;
import dev.opvc.compiler.model.ArrayType;
import dev.opvc.compiler.model.PointerType;
import dev.opvc.compiler.model.ScalarType;
import dev.opvc.compiler.model.StructType;
import dev.opvc.compiler.model.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Writes a transaction. */
final class TransactionGenerator {
    private static final int DEPTH = 2;
    private static final int NESTING_MAX = 2;
    private static final int LENGTH_MAX = 100;
    private static final List<ScalarType> SCALARS = List.of(ScalarType.values());
    private static final List<ScalarType> LENGTHS =
            List.of(ScalarType.U8, ScalarType.U16, ScalarType.U32, ScalarType.U64, ScalarType.UPTR);

    private final Choices choices;
    private final Style style;
    private final List<StructType> structs;
    private final List<StructType> perCpu;
    private final StringBuilder text = new StringBuilder();
    private int bindings;
    private boolean stored;
    private boolean barrier;

    TransactionGenerator(Choices choices, List<StructType> all) {
        this.choices = choices;
        this.style = Style.of(choices);
        this.structs = all.stream().filter(each -> !each.perCpu()).toList();
        this.perCpu = all.stream().filter(StructType::perCpu).toList();
    }

    String generate(String name) {
        Names names = new Names();
        List<String> parameters = parameters(names);
        List<Named> results = results();
        text.append("transaction ").append(name).append('(');
        text.append(String.join(", ", parameters)).append(")");
        if (!results.isEmpty()) {
            text.append(" returns (");
            text.append(String.join(
                    ", ",
                    results.stream()
                            .map(each -> each.type() + " " + each.name())
                            .toList()));
            text.append(")");
        }
        text.append(" {\n");
        block(names, results, 0, true, choices.between(2, 7));
        return text.append("}\n").toString();
    }

    private List<String> parameters(Names names) {
        List<String> parameters = new ArrayList<>();
        int slots = style.storesOnce() ? choices.oneOf(1, 1, 2) : choices.oneOf(0, 1, 1, 2);
        for (int i = 0; i < slots; i++) {
            StructType struct = choices.pick(perCpu);
            names.slot("s" + i, struct);
            parameters.add("percpu " + struct + " s" + i);
        }
        int others = choices.between(slots == 0 ? 2 : 1, 6);
        for (int i = 0; i < others; i++) {
            String name = "p" + i;
            if (choices.chance(18)) {
                ScalarType type = choices.pick(LENGTHS);
                int max = choices.between(0, choices.chance(20) ? LENGTH_MAX : 12);
                names.length(name, max, type);
                parameters.add(choices.below(parameters.size() + 1), type + " " + name + " max " + max);
            } else {
                Type type = parameterType();
                names.value(name, type, false);
                parameters.add(choices.below(parameters.size() + 1), type + " " + name);
            }
        }
        return parameters;
    }

    private Type parameterType() {
        return switch (choices.below(20)) {
            case 0, 1, 2, 3, 4, 5 -> new PointerType(choices.pick(structs));
            case 6, 7, 8 -> new PointerType(choices.pick(SCALARS));
            case 9 -> new PointerType(ScalarType.BYTE);
            case 10 -> new PointerType(new PointerType(choices.pick(structs)));
            case 11 -> new PointerType(ScalarType.U64);
            default -> choices.pick(SCALARS);
        };
    }

    private List<Named> results() {
        List<Named> results = new ArrayList<>();
        int count = choices.oneOf(0, 0, 1, 1, 2, 4);
        for (int i = 0; i < count; i++) {
            Type type = choices.chance(20) ? new PointerType(choices.pick(structs)) : choices.pick(SCALARS);
            results.add(new Named("r" + i, type, false));
        }
        return results;
    }

    /** Writes the statements of a block, which assign the results. Nothing stands behind a block at the end. */
    private void block(Names names, List<Named> results, int nesting, boolean atEnd, int statements) {
        List<Named> left = new ArrayList<>(results);
        for (int i = 0; i < statements; i++) {
            if (!left.isEmpty() && choices.chance(30)) {
                assign(left.remove(choices.below(left.size())), names, nesting);
            }
            if (style.choices() && nesting < NESTING_MAX && choices.chance(nesting == 0 ? 20 : 8)) {
                boolean last = atEnd && i == statements - 1;
                left = choice(names, left, nesting, last);
                if (last) {
                    return;
                }
            } else {
                statement(names, nesting);
            }
        }
        if (atEnd && choices.chance(12) && nesting <= NESTING_MAX) {
            guard(names, left, nesting);
            return;
        }
        left.forEach(result -> assign(result, names, nesting));
    }

    private void guard(Names names, List<Named> results, int nesting) {
        boolean braces = choices.chance(50);
        line(nesting, "if " + expressions(names).condition(DEPTH).text() + " then" + (braces ? " {" : ""));
        block(names.inner(), results, nesting + 1, true, choices.between(1, 3));
        if (braces) {
            line(nesting, "}");
        }
    }

    /** Writes a choice, and returns the results that it leaves to be assigned behind it. */
    private List<Named> choice(Names names, List<Named> results, int nesting, boolean atEnd) {
        List<Named> inside = new ArrayList<>();
        List<Named> behind = new ArrayList<>();
        results.forEach(result -> (atEnd || choices.chance(40) ? inside : behind).add(result));
        boolean storedBefore = stored;
        boolean barrierBefore = barrier;
        boolean storedAfter = stored;
        boolean barrierAfter = barrier;
        int branches = choices.oneOf(2, 2, 2, 3);
        for (int i = 0; i < branches; i++) {
            stored = storedBefore;
            barrier = barrierBefore;
            boolean last = i == branches - 1;
            String condition =
                    last ? "" : "if " + expressions(names).condition(DEPTH).text() + " then ";
            line(nesting, (i == 0 ? "" : "} else ") + condition + "{");
            // An empty last branch is what makes an ordinary `if`.
            boolean empty = last && inside.isEmpty() && choices.chance(25);
            if (!empty) {
                block(names.inner(), inside, nesting + 1, atEnd, choices.between(inside.isEmpty() ? 1 : 0, 2));
            }
            storedAfter |= stored;
            barrierAfter |= barrier;
        }
        line(nesting, "}");
        stored = storedAfter;
        barrier = barrierAfter;
        return behind;
    }

    private void statement(Names names, int nesting) {
        if (style.storesOnce()) {
            storesOnce(names, nesting);
            return;
        }
        int choice = choices.below(100);
        if (choice < 18) {
            let(names, nesting);
        } else if (choice < 34) {
            require(names, nesting);
        } else if (choice < 56) {
            store(names, nesting);
        } else if (choice < 70) {
            copy(names, nesting);
        } else if (choice < 80) {
            update(names, nesting);
        } else if (choice < 84) {
            step(names, nesting);
        } else if (choice < 88) {
            reset(names, nesting);
        } else if (choice < 97) {
            memcpy(names, nesting);
        } else if (stored) {
            line(nesting, "barrier;");
            barrier = true;
        }
    }

    private void storesOnce(Names names, int nesting) {
        int choice = choices.below(stored ? 50 : 100);
        if (choice < 25) {
            let(names, nesting);
        } else if (choice < 50) {
            require(names, nesting);
        } else if (choice < 70) {
            store(names, nesting);
        } else if (choice < 88) {
            update(names, nesting);
        } else if (choice < 94) {
            step(names, nesting);
        } else {
            reset(names, nesting);
        }
    }

    private ExpressionGenerator expressions(Names names) {
        return new ExpressionGenerator(choices, style, names, mayRead());
    }

    /** Reads run before all stores; in most transactions they also stand there. */
    private boolean mayRead() {
        return !barrier && (style.readsAnywhere() || !stored);
    }

    private void let(Names names, int nesting) {
        Type type = switch (choices.below(6)) {
            case 0, 1 -> new PointerType(choices.pick(structs));
            default -> choices.pick(SCALARS);
        };
        Written value = expressions(names).expression(type, DEPTH);
        String name = "v" + bindings++;
        line(nesting, "let " + name + " = " + value.text() + ";");
        // A literal has no type yet; where it is used decides, and that is not known here.
        if (value.kind() != Written.Kind.LITERAL) {
            boolean anyPointer = type.equals(new PointerType(ScalarType.BYTE));
            if (!anyPointer) {
                names.value(
                        name, type, value.text().contains("->") || value.text().contains("*"));
            }
        }
    }

    private void require(Names names, int nesting) {
        String condition = requirement(names);
        line(nesting, "require " + condition + " else " + choices.oneOf("EMPTY", "FULL", "CHANGED") + ";");
    }

    private String requirement(Names names) {
        List<Named> pointers = names.pointers();
        if (!pointers.isEmpty() && choices.chance(25)) {
            return choices.pick(pointers).name() + " != null";
        }
        ExpressionGenerator expressions = expressions(names);
        String condition = mayRead() && choices.chance(40)
                ? comparedPlace(expressions)
                : expressions.condition(DEPTH).text();
        return switch (choices.below(10)) {
            case 0 -> "!(" + condition + ")";
            case 1 -> "!(" + condition + " || " + comparedPlace(expressions) + ")";
            case 2 -> condition + " && " + comparedPlace(expressions);
            default -> condition;
        };
    }

    /** What a vector can compare, if there is a place. */
    private String comparedPlace(ExpressionGenerator expressions) {
        Optional<Place> place =
                mayRead() ? expressions.places().place(TransactionGenerator::isCompared, Use.COPY) : Optional.empty();
        if (place.isEmpty()) {
            return expressions.condition(1).text();
        }
        Written other = expressions.expression(place.get().type(), 0);
        return "(" + place.get().text() + choices.oneOf(" == ", " != ") + other.text() + ")";
    }

    private static boolean isCompared(Type type) {
        return type instanceof PointerType || (type instanceof ScalarType scalar && scalar.isInteger());
    }

    private void assign(Named result, Names names, int nesting) {
        ExpressionGenerator expressions = expressions(names);
        boolean copies = mayRead() || (!barrier && choices.chance(30));
        Optional<Place> source =
                copies && choices.chance(50) ? expressions.places().place(result.type(), Use.COPY) : Optional.empty();
        String value = source.map(Place::text)
                .orElseGet(() -> expressions.expression(result.type(), DEPTH).text());
        line(nesting, result.name() + " = " + value + ";");
    }

    private void store(Names names, int nesting) {
        ExpressionGenerator expressions = expressions(names);
        Optional<Place> target = expressions.places().place(Type::isValue, Use.TARGET);
        if (target.isPresent()) {
            String value = expressions.expression(target.get().type(), DEPTH).text();
            String release = choices.chance(12) ? "release " : "";
            line(nesting, release + target.get().text() + " = " + value + ";");
            stored = true;
        }
    }

    /** Also of whole structs and arrays. */
    private void copy(Names names, int nesting) {
        PlaceGenerator places = expressions(names).places();
        boolean whole = choices.chance(50);
        Optional<Place> target =
                places.place(type -> whole != type.isValue() && !isSlot(type) && !isSized(type), Use.TARGET);
        Optional<Place> source = target.flatMap(place -> places.place(place.type(), Use.COPY));
        if (source.isPresent()) {
            line(nesting, target.get().text() + " = " + source.get().text() + ";");
            stored = true;
        }
    }

    private static boolean isSized(Type type) {
        return type instanceof ArrayType array && array.sized();
    }

    private static boolean isSlot(Type type) {
        return type instanceof StructType struct && struct.perCpu();
    }

    private void update(Names names, int nesting) {
        ExpressionGenerator expressions = expressions(names);
        Optional<Place> target = expressions
                .places()
                .place(
                        type -> type instanceof ScalarType scalar
                                && (scalar.isInteger() || (scalar.isFloat() && mayRead())),
                        Use.TARGET);
        if (target.isEmpty()) {
            return;
        }
        ScalarType type = (ScalarType) target.get().type();
        boolean adds = type.isFloat() || choices.chance(45);
        if (mayRead() && choices.chance(25)) {
            product(expressions, target.get().text(), type, nesting);
            return;
        }
        boolean shifts = !adds && choices.chance(45);
        String operator = adds
                ? choices.oneOf(" += ", " -= ")
                : shifts
                        ? (type.isSigned() && !mayRead() ? " <<= " : choices.oneOf(" <<= ", " >>= "))
                        : choices.oneOf(" |= ", " &= ", " ^= ");
        Written value = shifts ? expressions.shiftCount(type, 1) : expressions.expression(type, DEPTH);
        line(nesting, target.get().text() + operator + value.text() + ";");
        stored = true;
    }

    private static boolean hasKnownSize(Type type) {
        return type instanceof StructType struct ? struct.tail().isEmpty() : !isSized(type);
    }

    private void reset(Names names, int nesting) {
        boolean whole = !style.storesOnce() && choices.chance(60);
        expressions(names)
                .places()
                .place(type -> whole != type.isValue() && hasKnownSize(type), Use.TARGET)
                .ifPresent(target -> {
                    line(nesting, "reset " + target.text() + ";");
                    stored = true;
                });
    }

    private void product(ExpressionGenerator expressions, String target, ScalarType type, int nesting) {
        String operator = choices.pick(type.isInteger() ? List.of(" *= ", " /= ", " %= ") : List.of(" *= ", " /= "));
        Written value = expressions.expression(type, DEPTH);
        boolean isDivisor = type.isInteger() && !operator.equals(" *= ");
        String known = isDivisor ? String.valueOf(choices.between(1, 7)) : value.text();
        line(nesting, target + operator + (value.isKnown() ? known : value.text()) + ";");
        stored = true;
    }

    private void step(Names names, int nesting) {
        Optional<Place> target = expressions(names)
                .places()
                .place(type -> type instanceof ScalarType scalar && scalar.isInteger(), Use.TARGET);
        if (target.isPresent()) {
            String place = target.get().text();
            line(nesting, (place.startsWith("*") ? "(" + place + ")" : place) + choices.oneOf("++", "--") + ";");
            stored = true;
        }
    }

    private void memcpy(Names names, int nesting) {
        Optional<Operand> dst = operand(names);
        Optional<Operand> src = operand(names);
        if (dst.isEmpty() || src.isEmpty()) {
            return;
        }
        long room = Math.min(dst.get().room(), src.get().room());
        String length;
        if (!names.lengths().isEmpty() && choices.chance(60)) {
            length = choices.pick(names.lengths()).name();
        } else if (choices.chance(30)) {
            length = computedLength(names, room);
        } else if (room >= 8 && choices.chance(20)) {
            length = choices.oneOf("sizeof(u64)", "sizeof(Node *)", "FEW");
        } else {
            length = String.valueOf(choices.chance(50) ? room : choices.between(0, (int) room));
        }
        line(nesting, "memcpy(" + dst.get().text() + ", " + src.get().text() + ", " + length + ");");
        stored = true;
    }

    /** A length that has a largest value, which mostly fits. */
    private String computedLength(Names names, long room) {
        ScalarType type = choices.pick(LENGTHS);
        Written value = expressions(names).expression(type, 1);
        int most = (int) Math.min(LENGTH_MAX, choices.chance(85) ? room : room + 8);
        if (value.isKnown()) {
            return String.valueOf(choices.between(0, most));
        }
        String text = value.text();
        return switch (choices.below(5)) {
            case 0 -> "(" + text + " & " + (Integer.highestOneBit(most + 1) - 1) + ")";
            case 1 -> "(" + text + " % " + (most + 1) + ")";
            case 2 -> "(min(" + text + ", " + most / 4 + ") * 4)";
            default -> "min(" + text + ", " + most + ")";
        };
    }

    /** An address, and how far an operation may run from there. */
    private record Operand(String text, long room) {}

    private Optional<Operand> operand(Names names) {
        long anyRoom = choices.oneOf(4, 8, 8, 16, LENGTH_MAX);
        PlaceGenerator places = expressions(names).places();
        if (!names.pointers().isEmpty() && choices.chance(35)) {
            return Optional.of(new Operand(choices.pick(names.pointers()).name(), anyRoom));
        }
        if (mayRead() && choices.chance(15)) {
            return places.place(type -> type instanceof PointerType, Use.COPY)
                    .map(place -> new Operand(place.text(), anyRoom));
        }
        // From an element, an operation may run to the array's end: only then has a length to be checked at run time.
        Predicate<Type> fits = choices.chance(50) ? TransactionGenerator::isAddressed : Type::isValue;
        return (choices.chance(40) ? places.element(fits) : places.place(fits, Use.TARGET))
                .map(place -> new Operand("&" + place.text(), place.pointer() ? anyRoom : place.room()));
    }

    private static boolean isAddressed(Type type) {
        return type.isValue() || type instanceof StructType || type instanceof ArrayType;
    }

    private void line(int nesting, String line) {
        text.append("    ".repeat(nesting + 1)).append(line).append('\n');
    }
}
