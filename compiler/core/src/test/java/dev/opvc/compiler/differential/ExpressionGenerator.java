// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.differential;

import dev.opvc.compiler.differential.Names.Named;
import dev.opvc.compiler.model.Abi;
import dev.opvc.compiler.model.PointerType;
import dev.opvc.compiler.model.ScalarType;
import dev.opvc.compiler.model.Type;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Writes expressions of a type that is wanted. Each is well typed, and holds where anything may stand beside it. */
final class ExpressionGenerator {
    private static final List<ScalarType> NUMBERS = List.of(
            ScalarType.U8,
            ScalarType.U16,
            ScalarType.U32,
            ScalarType.U64,
            ScalarType.I8,
            ScalarType.I16,
            ScalarType.I32,
            ScalarType.I64,
            ScalarType.BYTE,
            ScalarType.UPTR,
            ScalarType.F32,
            ScalarType.F64);
    private static final List<ScalarType> UNSIGNED =
            List.of(ScalarType.U8, ScalarType.U16, ScalarType.U32, ScalarType.U64, ScalarType.UPTR, ScalarType.BYTE);
    private static final List<ScalarType> WIDENING_UNSIGNED =
            List.of(ScalarType.U8, ScalarType.U16, ScalarType.U32, ScalarType.UPTR, ScalarType.U64);
    private static final List<ScalarType> WIDENING_SIGNED =
            List.of(ScalarType.I8, ScalarType.I16, ScalarType.I32, ScalarType.I64);
    private static final List<String> ARITHMETIC = List.of("+", "-", "*");
    private static final List<String> BITWISE = List.of("&", "|", "^");
    private static final List<String> COMPARISONS = List.of("==", "!=", "<", "<=", ">", ">=", "==", "!=");

    private static final int INDICES_MAX = 1;

    private final Choices choices;
    private final Style style;
    private final Names names;
    private final boolean mayRead;
    private final boolean mayFail;
    private final int indices;
    private final PlaceGenerator places;

    /**
     * @param mayRead whether it may read memory
     * @param mayFail whether it may be in error at run time
     * @param indices how many indices are around it
     */
    private ExpressionGenerator(
            Choices choices, Style style, Names names, boolean mayRead, boolean mayFail, int indices) {
        this.choices = choices;
        this.style = style;
        this.names = names;
        this.mayRead = mayRead;
        this.mayFail = mayFail;
        this.indices = indices;
        this.places = new PlaceGenerator(choices, style, names, mayRead, this);
    }

    ExpressionGenerator(Choices choices, Style style, Names names, boolean mayRead) {
        this(choices, style, names, mayRead, true, 0);
    }

    /**
     * For the operand of a fold.
     *
     * @param mayFail whether it may be in error at run time, and read memory to index by
     */
    static ExpressionGenerator inFold(Choices choices, Style style, Names names, boolean mayFail) {
        return new ExpressionGenerator(choices, style, names, true, mayFail, mayFail ? 0 : INDICES_MAX);
    }

    /** For what a query computes of its folds and parameters. */
    static ExpressionGenerator outsideOfFolds(Choices choices, Style style, Names names, boolean mayFail) {
        return new ExpressionGenerator(choices, style, names, false, mayFail, INDICES_MAX);
    }

    PlaceGenerator places() {
        return places;
    }

    /** For an index; one in another in another reads nothing, so that there is an end. */
    ExpressionGenerator withinIndex() {
        boolean mayReadThere = mayRead && indices < INDICES_MAX;
        return new ExpressionGenerator(choices, style, names, mayReadThere, mayFail, indices + 1);
    }

    Written expression(Type type, int depth) {
        if (type instanceof PointerType pointer) {
            return pointer(pointer);
        }
        return type == ScalarType.BOOL ? condition(depth) : number((ScalarType) type, depth);
    }

    /** A truth value that is not known when it is compiled, if there is anything to make one of. */
    Written condition(int depth) {
        if (depth > 0 && choices.chance(8)) {
            return choices.chance(50) ? select(ScalarType.BOOL, depth) : element(ScalarType.BOOL, depth);
        }
        return switch (choices.below(depth > 0 ? 13 : 7)) {
            case 0 -> truth();
            case 1 -> isNull();
            case 7 -> Written.value("!" + condition(depth - 1).text());
            case 8, 9 -> logical(depth);
            case 10 -> guarded(depth);
            case 12 -> kindOfFloat(depth);
            default -> comparison(depth);
        };
    }

    private Written kindOfFloat(int depth) {
        ScalarType type = choices.oneOf(ScalarType.F32, ScalarType.F64);
        Written operand = typed(number(type, depth - 1), type);
        return new Written(choices.oneOf("isnan", "isinf") + "(" + operand.text() + ")", operand.kind());
    }

    private Written truth() {
        Optional<Written> read = read(ScalarType.BOOL);
        List<String> named = names.ofType(ScalarType.BOOL);
        if (read.isPresent() && choices.chance(50)) {
            return read.get();
        }
        if (!named.isEmpty()) {
            return Written.value(choices.pick(named));
        }
        return choices.chance(10) ? Written.literal(choices.oneOf("true", "false")) : comparison(0);
    }

    private Written isNull() {
        List<Named> pointers = names.pointers();
        if (pointers.isEmpty()) {
            return comparison(0);
        }
        Named first = choices.pick(pointers);
        List<String> alike = names.ofType(first.type());
        String other = choices.chance(60) ? "null" : choices.pick(alike);
        return Written.value("(" + first.name() + choices.oneOf(" == ", " != ") + other + ")");
    }

    private Written comparison(int depth) {
        ScalarType type = comparedType();
        Written left = typed(number(type, depth - 1), type);
        Written right = number(type, depth - 1);
        return new Written(
                "(" + left.text() + " " + choices.pick(COMPARISONS) + " " + right.text() + ")",
                left.isKnown() && right.isKnown() ? Written.Kind.LITERAL : Written.Kind.VALUE);
    }

    /** A type of which there is a value, more often than not. */
    private ScalarType comparedType() {
        List<ScalarType> named = names.values().stream()
                .map(Named::type)
                .filter(NUMBERS::contains)
                .map(ScalarType.class::cast)
                .toList();
        return !named.isEmpty() && choices.chance(60) ? choices.pick(named) : choices.pick(NUMBERS);
    }

    private Written logical(int depth) {
        Written left = condition(depth - 1);
        Written right = lazy().condition(depth - 1);
        return new Written(
                "(" + left.text() + choices.oneOf(" && ", " || ") + right.text() + ")",
                left.isKnown() && right.isKnown() ? Written.Kind.LITERAL : Written.Kind.VALUE);
    }

    /** For right sides that are not always evaluated. */
    private ExpressionGenerator lazy() {
        return style.lazyReads() ? this : new ExpressionGenerator(choices, style, names, false, false, indices);
    }

    /** Looks behind a pointer only if there is anything. */
    private Written guarded(int depth) {
        List<Named> pointers =
                names.pointers().stream().filter(this::maySeeThrough).toList();
        if (pointers.isEmpty() || !mayRead || !style.lazyReads()) {
            return comparison(depth);
        }
        Named pointer = choices.pick(pointers);
        Names only = new Names();
        only.value(pointer.name(), pointer.type(), pointer.read());
        Written behind = new ExpressionGenerator(choices, style, only, true, mayFail, indices).comparison(1);
        return choices.chance(70)
                ? Written.value("(" + pointer.name() + " != null && " + behind.text() + ")")
                : Written.value("(" + pointer.name() + " == null || " + behind.text() + ")");
    }

    private boolean maySeeThrough(Named pointer) {
        return style.followsPointers() || !pointer.read();
    }

    private Written pointer(PointerType type) {
        List<String> alike = names.ofType(type);
        Optional<Written> read = read(type);
        if (choices.chance(10) && alike.size() > 1) {
            return Written.value("select(" + condition(1).text() + ", " + choices.pick(alike) + ", null)");
        }
        int choice = choices.below(10);
        if (choice < 5 && !alike.isEmpty()) {
            return Written.value(choices.pick(alike));
        }
        if (choice < 8 && read.isPresent()) {
            return read.get();
        }
        List<String> addresses = new ArrayList<>(names.ofType(ScalarType.UPTR));
        names.pointers().forEach(each -> addresses.add(each.name()));
        boolean any = type.target() == ScalarType.BYTE;
        if (any && !names.pointers().isEmpty() && choices.chance(70)) {
            return Written.value(choices.pick(names.pointers()).name());
        }
        if (choice == 8 && !addresses.isEmpty()) {
            return Written.value("cast<" + type + ">(" + choices.pick(addresses) + ")");
        }
        return alike.isEmpty() || choices.chance(30) ? Written.literal("null") : Written.value(choices.pick(alike));
    }

    private Written number(ScalarType type, int depth) {
        if (depth <= 0 || choices.chance(25)) {
            return leaf(type);
        }
        if (choices.chance(15)) {
            return choices.chance(50) ? select(type, depth) : element(type, depth);
        }
        return switch (choices.below(10)) {
            case 0 -> unary(type, depth);
            case 1, 2 -> conversion(type, depth);
            case 3, 4 -> function(type, depth);
            case 5 -> type.isInteger() && mayFail ? division(type, depth) : arithmetic(type, depth);
            case 6 -> type.isInteger() && mayFail ? shift(type, depth) : arithmetic(type, depth);
            default -> arithmetic(type, depth);
        };
    }

    /** One of two values; both are evaluated, whatever is asked. */
    private Written select(ScalarType type, int depth) {
        Written condition = condition(depth - 1);
        Written then = expression(type, depth - 1);
        Written otherwise = expression(type, depth - 1);
        if (type != ScalarType.BOOL) {
            then = typed(then, type);
        }
        boolean known = condition.isKnown() && then.isKnown() && otherwise.isKnown();
        return new Written(
                "select(" + condition.text() + ", " + then.text() + ", " + otherwise.text() + ")",
                known ? Written.Kind.CONSTANT : Written.Kind.VALUE);
    }

    /** An element of a table; most indices are in range, if they can be out of it at all. */
    private Written element(ScalarType type, int depth) {
        String table = RandomTables.name(type);
        ScalarType indexType = choices.pick(UNSIGNED);
        Written index = number(indexType, depth - 1);
        if (index.isKnown()) {
            return new Written(table + "[0]", Written.Kind.CONSTANT);
        }
        String bucket = "bucket_of(" + table + ", "
                + leaf(type == ScalarType.BOOL ? indexType : type).text() + ")";
        if (choices.chance(20) && type != ScalarType.BOOL) {
            return Written.value(table + "[min(" + bucket + ", length(" + table + ") - 1)]");
        }
        boolean raw = mayFail && choices.chance(15);
        return Written.value(table + "[" + (raw ? index.text() : index.text() + " % length(" + table + ")") + "]");
    }

    private Written leaf(ScalarType type) {
        List<String> named = names.ofType(type);
        if (!named.isEmpty() && choices.chance(50)) {
            return Written.value(choices.pick(named));
        }
        Optional<Written> read = choices.chance(60) ? read(type) : Optional.empty();
        if (read.isPresent()) {
            return read.get();
        }
        List<Named> numbers = names.values().stream()
                .filter(each -> NUMBERS.contains(each.type()))
                .toList();
        if (!numbers.isEmpty() && choices.chance(40)) {
            Named number = choices.pick(numbers);
            return Written.value(number.type() == type ? number.name() : type + "(" + number.name() + ")");
        }
        return literal(type);
    }

    /** What a place holds, if memory may be read and there is such a place. */
    private Optional<Written> read(Type type) {
        return mayRead ? places.place(type, PlaceGenerator.Use.VALUE).map(this::value) : Optional.empty();
    }

    private Written value(PlaceGenerator.Place place) {
        return Written.value(place.text().startsWith("*") ? "(" + place.text() + ")" : place.text());
    }

    private Written literal(ScalarType type) {
        if (type.isFloat()) {
            return Written.literal(floating(type));
        }
        if (choices.chance(15) && type.max(Abi.ILP32).compareTo(BigInteger.valueOf(1_000)) > 0) {
            return Written.literal(choices.oneOf("BIG", "FEW", "MASK", "sizeof(Node)", "sizeof(u32 *)"));
        }
        BigInteger value = choices.integer(type);
        boolean fits = value.compareTo(type.max(Abi.ILP32)) <= 0;
        return Written.literal(inParentheses((fits ? value : BigInteger.TWO).toString()));
    }

    private String floating(ScalarType type) {
        double value = choices.number();
        if (choices.chance(10)) {
            return choices.oneOf("HALF", "FEW", "3");
        }
        if (type == ScalarType.F32 && Double.isFinite(value) && !Float.isFinite((float) value)) {
            return "inf";
        }
        String digits = type == ScalarType.F32 ? Float.toString((float) value) : Double.toString(value);
        return inParentheses(
                digits.replace("Infinity", "inf").replace("NaN", "nan").toLowerCase(Locale.ROOT));
    }

    private static String inParentheses(String number) {
        return number.startsWith("-") ? "(" + number + ")" : number;
    }

    private Written unary(ScalarType type, int depth) {
        Written operand = typed(number(type, depth - 1), type);
        String operator = type.isFloat() || choices.chance(50) ? "-" : "~";
        return new Written("(" + operator + operand.text() + ")", operand.kind());
    }

    private Written conversion(ScalarType type, int depth) {
        if (type.isInteger() && choices.chance(15)) {
            Written truth = condition(depth - 1);
            return new Written(
                    type + "(" + truth.text() + ")", truth.isKnown() ? Written.Kind.CONSTANT : Written.Kind.VALUE);
        }
        ScalarType from = choices.pick(NUMBERS);
        Written operand = typed(number(from, depth - 1), from);
        return new Written(type + "(" + operand.text() + ")", operand.kind());
    }

    private Written function(ScalarType type, int depth) {
        if (type == ScalarType.U32 && choices.chance(60)) {
            ScalarType counted = choices.pick(NUMBERS.subList(0, NUMBERS.indexOf(ScalarType.F32)));
            Written operand = typed(number(counted, depth - 1), counted);
            return Written.value(choices.oneOf("clz", "ctz", "popcount") + "(" + operand.text() + ")");
        }
        if (type == ScalarType.U32 && choices.chance(50)) {
            ScalarType searched = choices.pick(NUMBERS);
            return Written.value("bucket_of(" + RandomTables.name(searched) + ", "
                    + number(searched, depth - 1).text() + ")");
        }
        if ((type == ScalarType.U32 || type == ScalarType.U64) && choices.chance(30)) {
            ScalarType of = type == ScalarType.U32 ? ScalarType.F32 : ScalarType.F64;
            return Written.value("bits(" + typed(number(of, depth - 1), of).text() + ")");
        }
        if (type.isFloat() && choices.chance(50)) {
            ScalarType of = type == ScalarType.F32 ? ScalarType.U32 : ScalarType.U64;
            return choices.chance(30)
                    ? Written.value(
                            "from_bits(" + typed(number(of, depth - 1), of).text() + ")")
                    : Written.value(choices.oneOf("sqrt", "floor", "ceil") + "("
                            + typed(number(type, depth - 1), type).text() + ")");
        }
        Written first = typed(number(type, depth - 1), type);
        if ((type.isSigned() || type.isFloat()) && choices.chance(30)) {
            return Written.value("abs(" + first.text() + ")");
        }
        return Written.value(choices.oneOf("min", "max") + "(" + first.text() + ", "
                + number(type, depth - 1).text() + ")");
    }

    private Written arithmetic(ScalarType type, int depth) {
        Written left = typed(number(type, depth - 1), type);
        Written right = operand(type, depth - 1);
        String operator = type.isFloat()
                ? choices.oneOf("+", "-", "*", "/")
                : choices.pick(choices.chance(60) ? ARITHMETIC : BITWISE);
        return new Written(
                "(" + left.text() + " " + operator + " " + right.text() + ")",
                right.isKnown() ? left.kind() : Written.Kind.VALUE);
    }

    /** An operand of a type, or of one that becomes it without being asked. */
    private Written operand(ScalarType type, int depth) {
        for (List<ScalarType> ladder : List.of(WIDENING_UNSIGNED, WIDENING_SIGNED)) {
            int rung = ladder.indexOf(type);
            if (rung > 0 && choices.chance(20)) {
                ScalarType narrower = ladder.get(choices.below(rung));
                return typed(number(narrower, depth), narrower);
            }
        }
        return number(type, depth);
    }

    /** What is known must not be zero; what is not may be. */
    private Written division(ScalarType type, int depth) {
        Written left = typed(number(type, depth - 1), type);
        Written right = number(type, depth - 1);
        String divisor = right.isKnown() ? String.valueOf(choices.between(1, 7)) : right.text();
        if (!right.isKnown() && choices.chance(50)) {
            divisor = "(" + divisor + " | 1)";
        }
        return new Written(
                "(" + left.text() + choices.oneOf(" / ", " % ") + divisor + ")",
                right.isKnown() ? left.kind() : Written.Kind.VALUE);
    }

    private Written shift(ScalarType type, int depth) {
        Written left = typed(number(type, depth - 1), type);
        Written count = shiftCount(type, depth - 1);
        return new Written(
                "(" + left.text() + choices.oneOf(" << ", " >> ") + count.text() + ")",
                count.isKnown() ? left.kind() : Written.Kind.VALUE);
    }

    /** How far to shift; what is known is below the width, of the rest most. */
    Written shiftCount(ScalarType shifted, int depth) {
        int least = shifted.width(Abi.ILP32);
        ScalarType type = choices.pick(UNSIGNED);
        Written count = number(type, depth);
        if (count.isKnown()) {
            return Written.literal(String.valueOf(choices.below(least)));
        }
        return choices.chance(80) ? Written.value("(" + count.text() + " & " + (least - 1) + ")") : count;
    }

    /** The same with a type, if it had none. */
    private static Written typed(Written written, ScalarType type) {
        return written.kind() == Written.Kind.LITERAL
                ? new Written(type + "(" + written.text() + ")", Written.Kind.CONSTANT)
                : written;
    }
}
