// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.c.forms;

import dev.opvc.compiler.emit.c.expressions.AddressRenderer;
import dev.opvc.compiler.emit.c.expressions.ExpressionRenderer;
import dev.opvc.compiler.emit.c.expressions.LengthRenderer;
import dev.opvc.compiler.emit.c.text.CExpression;
import dev.opvc.compiler.emit.c.types.CTypes;
import dev.opvc.compiler.emit.c.types.RawBits;
import dev.opvc.compiler.model.ScalarType;
import dev.opvc.compiler.model.Type;
import dev.opvc.compiler.vector.Address;
import dev.opvc.compiler.vector.Length;
import dev.opvc.compiler.vector.Operation;
import dev.opvc.compiler.vector.Role;
import dev.opvc.compiler.vector.Value;
import java.util.ArrayList;
import java.util.List;

/** Operations as calls: of the setters of {@code opv/cpu_opv.h}, or of the functions that do them at once. */
final class OperationRenderer {
    private final ExpressionRenderer expressions;
    private final AddressRenderer addresses;
    private final LengthRenderer lengths;
    private final OwnMemory memory;
    private final Operands operands = new Operands();

    OperationRenderer(ExpressionRenderer expressions, OwnMemory memory) {
        this.expressions = expressions;
        this.addresses = expressions.addresses();
        this.lengths = new LengthRenderer(expressions);
        this.memory = memory;
    }

    /** The statements that fill one element of the array of operations. */
    List<String> set(Operation operation, String index) {
        CExpression element = CExpression.primary("&ops[" + index + "]");
        List<CExpression> arguments = new ArrayList<>(List.of(element));
        arguments.addAll(operation.match(operands));
        List<String> statements = new ArrayList<>();
        statements.add(call(OperationFunctions.of(operation.code()).setter(), arguments) + ";");
        for (Operation.Operand operand : operation.operands()) {
            if (operand.expectFault()) {
                statements.add(CExpression.call(OperationFunctions.expectFault(operand.name()), element) + ";");
            }
        }
        return List.copyOf(statements);
    }

    /** The call that does an operation at once; of a comparison, whether the bytes are equal. */
    CExpression perform(Operation operation) {
        if (operation instanceof Operation.Copy copy && isOfScalar(copy)) {
            Type type = ((Length.OfType) copy.length()).type();
            return RawBits.copy(type, operands.address(copy.dst(), copy), operands.address(copy.src(), copy));
        }
        return call(OperationFunctions.of(operation.code()).direct(), operation.match(operands));
    }

    /** By how many bits an operation shifts. */
    CExpression renderBits(Operation.Shift shift) {
        return operands.bits(shift.bits());
    }

    /** Whether it copies one scalar or pointer between places of such a type, which are aligned. */
    private static boolean isOfScalar(Operation.Copy copy) {
        return copy.length() instanceof Length.OfType length
                && length.type().isValue()
                && copy.operands().stream().allMatch(operand -> isOneValue(operand.address()));
    }

    private static boolean isOneValue(Address address) {
        return (address instanceof Address.OfPlace place && place.place().type().isValue())
                || (address instanceof Address.OfCopy copy && copy.places().size() == 1)
                || (address instanceof Address.OfInitial initial
                        && initial.places().size() == 1);
    }

    private static CExpression call(String function, List<CExpression> arguments) {
        return CExpression.call(function, arguments.toArray(CExpression[]::new));
    }

    /** What a setter, or the function that does an operation, takes: addresses, a value, the length. */
    private final class Operands implements Operation.Cases<List<CExpression>> {
        @Override
        public List<CExpression> compare(Operation.Compare compare) {
            return List.of(address(compare.a(), compare), address(compare.b(), compare), length(compare));
        }

        @Override
        public List<CExpression> copy(Operation.Copy copy) {
            return List.of(address(copy.dst(), copy), address(copy.src(), copy), length(copy));
        }

        @Override
        public List<CExpression> add(Operation.Add add) {
            return List.of(address(add.p(), add), expressions.renderSigned64(add.count()), length(add));
        }

        @Override
        public List<CExpression> bitwise(Operation.Bitwise bitwise) {
            return List.of(
                    address(bitwise.p(), bitwise), expressions.renderUnsigned64(bitwise.mask()), length(bitwise));
        }

        @Override
        public List<CExpression> shift(Operation.Shift shift) {
            return List.of(address(shift.p(), shift), bits(shift.bits()), length(shift));
        }

        @Override
        public List<CExpression> barrier(Operation.Barrier barrier) {
            return List.of();
        }

        private CExpression length(Operation operation) {
            return lengths.render(operation.length());
        }

        private CExpression address(Operation.Operand operand, Operation operation) {
            return operand.address().match(new Addresses(operation.role()));
        }

        /** A count that has been checked against the width, so that it fits 32 bits whatever its type. */
        private CExpression bits(Value bits) {
            if (bits instanceof Value.Constant) {
                return expressions.renderUnsigned64(bits);
            }
            CExpression text = expressions.render(bits);
            return bits.type() == ScalarType.U32 ? text : CExpression.cast(CTypes.scalar(ScalarType.U32), text);
        }
    }

    private final class Addresses implements Address.Cases<CExpression> {
        private final Role role;

        Addresses(Role role) {
            this.role = role;
        }

        @Override
        public CExpression ofPointer(Address.OfPointer address) {
            return addresses.render(address);
        }

        @Override
        public CExpression ofPlace(Address.OfPlace address) {
            return addresses.render(address);
        }

        @Override
        public CExpression ofCell(Address.OfCell address) {
            return memory.cell(address, role);
        }

        @Override
        public CExpression ofCopy(Address.OfCopy address) {
            return memory.copy(address);
        }

        @Override
        public CExpression ofInitial(Address.OfInitial address) {
            return memory.initial(address);
        }
    }
}
