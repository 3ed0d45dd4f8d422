// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.explain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.opvc.compiler.language.BinaryOperator;
import dev.opvc.compiler.language.Identifier;
import dev.opvc.compiler.language.UnaryOperator;
import dev.opvc.compiler.model.Abi;
import dev.opvc.compiler.model.ArrayType;
import dev.opvc.compiler.model.ConstantValue;
import dev.opvc.compiler.model.Field;
import dev.opvc.compiler.model.Namespace;
import dev.opvc.compiler.model.Parameter;
import dev.opvc.compiler.model.PointerType;
import dev.opvc.compiler.model.ScalarType;
import dev.opvc.compiler.model.StructType;
import dev.opvc.compiler.model.Type;
import dev.opvc.compiler.source.SourceFile;
import dev.opvc.compiler.source.Span;
import dev.opvc.compiler.vector.Address;
import dev.opvc.compiler.vector.Place;
import dev.opvc.compiler.vector.Prepared;
import dev.opvc.compiler.vector.Value;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class OpvTextTest {
    private static final Span SPAN = new Span(new SourceFile("a.opv", ""), 0, 0);
    private static final OpvText OPV = new OpvText(Abi.LP64);
    private static final Value A = parameter("a", ScalarType.U64);
    private static final Value B = parameter("b", ScalarType.U64);
    private static final Value C = parameter("c", ScalarType.U64);

    private final StructType node = new StructType(new Identifier("Node", SPAN), false, Namespace.NONE, null);
    private final Field next = field("next", new PointerType(node));
    private final ArrayType numbers = new ArrayType(ScalarType.U32, 4);
    private final Field array = field("array", numbers);
    private final Value n = parameter("n", new PointerType(node));

    @Test
    void placesAreWrittenAsTheyAreSelected() {
        node.define(List.of(next, array), true);
        Place nextOfN = Place.target(n).field(node, next);
        assertThat(OPV.place(nextOfN)).isEqualTo("n->next");
        assertThat(OPV.place(nextOfN.field(node, next))).isEqualTo("n->next.next");
        Place far = Place.target(read(nextOfN)).field(node, array).element(sum(A, B), numbers);
        assertThat(OPV.place(far)).isEqualTo("n->next->array[a + b]");
        assertThat(OPV.place(Place.target(n))).isEqualTo("*n");
        Value pointerToPointer = parameter("pp", new PointerType(new PointerType(node)));
        Place through = Place.target(read(Place.target(pointerToPointer)));
        assertThat(OPV.place(through)).isEqualTo("**pp");
        assertThat(OPV.place(through.field(node, next))).isEqualTo("(*pp)->next");
        Value pointerToArray = parameter("pa", new PointerType(numbers));
        assertThat(OPV.place(Place.target(pointerToArray).element(A, numbers))).isEqualTo("(*pa)[a]");
    }

    @Test
    void addressesAreOperandsOfARawVector() {
        assertThat(OPV.address(new Address.OfPointer(n))).isEqualTo("n");
        assertThat(OPV.address(new Address.OfPlace(Place.target(n)))).isEqualTo("n");
        assertThat(OPV.address(new Address.OfPlace(Place.target(n).field(node, next))))
                .isEqualTo("&n->next");
        assertThat(OPV.address(new Address.OfCell(0, A))).isEqualTo("&a");
        assertThat(OPV.address(new Address.OfCell(0, integer(7)))).isEqualTo("cell(7)");
        assertThat(OPV.address(new Address.OfCell(0, new Value.Conversion(A, ScalarType.U8))))
                .isEqualTo("cell(u8(a))");
    }

    @Test
    void parenthesesStandWherePrecedenceNeedsThem() {
        assertThat(text(sum(A, product(B, C)))).isEqualTo("a + b * c");
        assertThat(text(product(sum(A, B), C))).isEqualTo("(a + b) * c");
        assertThat(text(difference(difference(A, B), C))).isEqualTo("a - b - c");
        assertThat(text(difference(A, difference(B, C)))).isEqualTo("a - (b - c)");
        assertThat(text(less(sum(A, B), C))).isEqualTo("a + b < c");
        assertThat(text(not(less(A, B)))).isEqualTo("!(a < b)");
        assertThat(text(or(and(less(A, B), less(B, C)), less(A, C)))).isEqualTo("a < b && b < c || a < c");
        assertThat(text(and(or(less(A, B), less(B, C)), less(A, C)))).isEqualTo("(a < b || b < c) && a < c");
    }

    @Test
    void parenthesesStandWhereTheLanguageDemandsThem() {
        assertThat(text(less(bitAnd(A, B), C))).isEqualTo("(a & b) < c");
        assertThat(text(bitAnd(A, sum(B, C)))).isEqualTo("a & (b + c)");
        assertThat(text(sum(shift(A, B), C))).isEqualTo("(a << b) + c");
        assertThat(text(bitAnd(shift(A, B), C))).isEqualTo("a << b & c");
    }

    @Test
    void minusSignsDoNotRunTogether() {
        assertThat(text(negate(A))).isEqualTo("-a");
        assertThat(text(negate(negate(A)))).isEqualTo("-(-a)");
        assertThat(text(negate(integer(-1)))).isEqualTo("-(-1)");
        assertThat(text(difference(A, integer(-1)))).isEqualTo("a - -1");
        assertThat(text(negate(sum(A, B)))).isEqualTo("-(a + b)");
    }

    @Test
    void constantsAreLiteralsOfTheirKind() {
        assertThat(text(integer(-5))).isEqualTo("-5");
        assertThat(text(new Value.Constant(ScalarType.BOOL, new ConstantValue.BoolValue(true))))
                .isEqualTo("true");
        assertThat(text(new Value.Constant(n.type(), new ConstantValue.NullValue())))
                .isEqualTo("null");
        assertThat(text(new Value.Constant(n.type(), ConstantValue.IntegerValue.of(16))))
                .isEqualTo("cast<Node *>(16)");
        assertThat(decimal("3.25")).isEqualTo("3.25");
        assertThat(decimal("3")).isEqualTo("3.0");
        assertThat(decimal("1e300")).isEqualTo("1E+300");
        assertThat(special(Double.NEGATIVE_INFINITY)).isEqualTo("-inf");
        assertThat(special(Double.POSITIVE_INFINITY)).isEqualTo("inf");
        assertThat(special(Double.NaN)).isEqualTo("nan");
        assertThat(special(-0.0)).isEqualTo("-0.0");
    }

    @Test
    void sizesAreThoseOfTheMachine() {
        Value size = new Value.Constant(
                ScalarType.U64, new ConstantValue.IntegerValue(BigInteger.valueOf(8), BigInteger.valueOf(4)));
        assertThat(new OpvText(Abi.LP64).expression(size)).isEqualTo("8");
        assertThat(new OpvText(Abi.ILP32).expression(size)).isEqualTo("4");
    }

    private static Value read(Place place) {
        return new Value.OfPrepared(new Prepared("read", place));
    }

    private static String text(Value expr) {
        return OPV.expression(expr);
    }

    private static String decimal(String number) {
        return text(new Value.Constant(ScalarType.F64, new ConstantValue.DecimalValue(new BigDecimal(number))));
    }

    private static String special(double number) {
        return text(new Value.Constant(ScalarType.F64, new ConstantValue.SpecialFloat(number)));
    }

    private static Value integer(long value) {
        return new Value.Constant(ScalarType.I64, ConstantValue.IntegerValue.of(value));
    }

    private static Value sum(Value left, Value right) {
        return binary(BinaryOperator.ADD, left, right);
    }

    private static Value difference(Value left, Value right) {
        return binary(BinaryOperator.SUBTRACT, left, right);
    }

    private static Value product(Value left, Value right) {
        return binary(BinaryOperator.MULTIPLY, left, right);
    }

    private static Value bitAnd(Value left, Value right) {
        return binary(BinaryOperator.AND, left, right);
    }

    private static Value shift(Value left, Value right) {
        return binary(BinaryOperator.SHIFT_LEFT, left, right);
    }

    private static Value binary(BinaryOperator operator, Value left, Value right) {
        return new Value.Binary(operator, left, right, ScalarType.U64);
    }

    private static Value less(Value left, Value right) {
        return new Value.Comparison(BinaryOperator.LESS, left, right);
    }

    private static Value and(Value left, Value right) {
        return new Value.Logical(BinaryOperator.LOGICAL_AND, left, right);
    }

    private static Value or(Value left, Value right) {
        return new Value.Logical(BinaryOperator.LOGICAL_OR, left, right);
    }

    private static Value not(Value operand) {
        return new Value.Unary(UnaryOperator.NOT, operand, ScalarType.BOOL);
    }

    private static Value negate(Value operand) {
        return new Value.Unary(UnaryOperator.NEGATE, operand, ScalarType.I64);
    }

    private static Value parameter(String name, Type type) {
        return new Value.OfParameter(new Parameter(new Identifier(name, SPAN), type, false, OptionalLong.empty()));
    }

    private static Field field(String name, Type type) {
        return new Field(new Identifier(name, SPAN), type, null, null);
    }
}
