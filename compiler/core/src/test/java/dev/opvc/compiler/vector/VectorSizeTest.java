// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.vector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.opvc.compiler.language.Identifier;
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
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class VectorSizeTest {
    private static final Span SPAN = new Span(new SourceFile("a.opv", ""), 0, 0);

    @Test
    void nothingIsAsShortAsItGets() {
        assertThat(VectorSize.of(List.of(), Abi.LP64)).isEqualTo(new VectorSize(0, 0, 0, 0));
    }

    @Test
    void lengthsAddUpAndBarriersCountAsOperationsOnly() {
        List<Operation> operations = List.of(
                compare(place(ScalarType.U64), cell(ScalarType.U64), 8),
                new Operation.Barrier(false, SPAN),
                add(place(ScalarType.U32), 4),
                copy(pointer(ScalarType.BYTE), pointer(ScalarType.BYTE), 64));
        assertThat(VectorSize.of(operations, Abi.LP64)).isEqualTo(new VectorSize(4, 76, 64, 4));
    }

    @Test
    void alignedMemoryLiesInOnePageAndOtherMemoryMayLieInTwo() {
        assertThat(pages(place(ScalarType.U64), 8)).isEqualTo(1);
        assertThat(pages(place(ScalarType.U32), 4)).isEqualTo(1);
        assertThat(pages(pointer(ScalarType.BYTE), 1)).isEqualTo(1);
        assertThat(pages(pointer(ScalarType.BYTE), 2)).isEqualTo(2);
        assertThat(pages(pointer(ScalarType.U64), 8)).isEqualTo(1);
        assertThat(pages(place(ScalarType.U32), 8)).isEqualTo(2);
        assertThat(pages(place(new ArrayType(ScalarType.U8, 8)), 8)).isEqualTo(2);
        assertThat(pages(new Address.OfPointer(parameterOf(ScalarType.UPTR)), 8))
                .isEqualTo(2);
        assertThat(pages(pointer(ScalarType.U64), 0)).isZero();
    }

    @Test
    void aStructIsAlignedAsItsWidestField() {
        StructType pair = new StructType(new Identifier("Pair", SPAN), false, Namespace.NONE, null);
        pair.define(List.of(field("low", ScalarType.U32), field("high", ScalarType.U32)), true);
        StructType single = new StructType(new Identifier("Single", SPAN), false, Namespace.NONE, null);
        single.define(List.of(field("word", ScalarType.U64)), true);
        assertThat(pages(place(pair), 8)).isEqualTo(2);
        assertThat(pages(place(single), 8)).isEqualTo(1);
    }

    @Test
    void bothSidesCount() {
        assertThat(VectorSize.pages(copy(place(ScalarType.U64), pointer(ScalarType.BYTE), 8), Abi.LP64))
                .isEqualTo(3);
        assertThat(VectorSize.pages(copy(pointer(ScalarType.BYTE), pointer(ScalarType.BYTE), 8), Abi.LP64))
                .isEqualTo(4);
    }

    @Test
    void aParameterCountsAsItsMaximum() {
        Parameter length = new Parameter(new Identifier("len", SPAN), ScalarType.U32, false, OptionalLong.of(4096));
        Operation copy = new Operation.Copy(
                operand(pointer(ScalarType.BYTE)),
                operand(pointer(ScalarType.BYTE)),
                new Length.OfParameter(length),
                Role.WRITE,
                SPAN);
        assertThat(VectorSize.of(List.of(copy), Abi.LP64)).isEqualTo(new VectorSize(1, 4096, 4096, 4));
    }

    @Test
    void aPointersSizeDependsOnTheMachine() {
        Type pointer = new PointerType(ScalarType.U8);
        Operation copy = new Operation.Copy(
                operand(place(pointer)), operand(cell(pointer)), new Length.OfType(pointer), Role.WRITE, SPAN);
        assertThat(VectorSize.of(List.of(copy), Abi.LP64)).isEqualTo(new VectorSize(1, 8, 8, 2));
        assertThat(VectorSize.of(List.of(copy), Abi.ILP32)).isEqualTo(new VectorSize(1, 4, 4, 2));
    }

    @Test
    void hugeLengthsDoNotWrapAround() {
        Operation huge = copy(pointer(ScalarType.BYTE), pointer(ScalarType.BYTE), Long.MAX_VALUE - 1);
        assertThat(VectorSize.of(List.of(huge, huge), Abi.LP64).dataLength()).isEqualTo(Long.MAX_VALUE);
    }

    private static int pages(Address address, long length) {
        return VectorSize.pages(add(address, length), Abi.LP64);
    }

    private static Operation compare(Address a, Address b, long length) {
        return new Operation.Compare(OpCode.COMPARE_EQ, operand(a), operand(b), fixed(length), Role.GUARD, SPAN);
    }

    private static Operation add(Address p, long length) {
        Value one = new Value.Constant(ScalarType.I64, ConstantValue.IntegerValue.of(1));
        return new Operation.Add(operand(p), one, fixed(length), Role.WRITE, SPAN);
    }

    private static Operation copy(Address dst, Address src, long length) {
        return new Operation.Copy(operand(dst), operand(src), fixed(length), Role.WRITE, SPAN);
    }

    private static Operation.Operand operand(Address address) {
        return new Operation.Operand("p", address, false);
    }

    private static Length fixed(long length) {
        return new Length.Fixed(length, length);
    }

    private static Address place(Type type) {
        return new Address.OfPlace(Place.target(parameterOf(new PointerType(type))));
    }

    private static Address pointer(Type target) {
        return new Address.OfPointer(parameterOf(new PointerType(target)));
    }

    private static Address cell(Type type) {
        return new Address.OfCell(0, parameterOf(type));
    }

    private static Value parameterOf(Type type) {
        return new Value.OfParameter(new Parameter(new Identifier("x", SPAN), type, false, OptionalLong.empty()));
    }

    private static Field field(String name, Type type) {
        return new Field(new Identifier(name, SPAN), type, null, null);
    }
}
