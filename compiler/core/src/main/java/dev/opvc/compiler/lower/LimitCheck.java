// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.lower;

import dev.opvc.compiler.diagnostic.Diagnostic;
import dev.opvc.compiler.diagnostic.DiagnosticCode;
import dev.opvc.compiler.diagnostic.Diagnostics;
import dev.opvc.compiler.language.Identifier;
import dev.opvc.compiler.language.UnitKind;
import dev.opvc.compiler.model.Abi;
import dev.opvc.compiler.model.ConstantValue.IntegerValue;
import dev.opvc.compiler.vector.Address;
import dev.opvc.compiler.vector.Length;
import dev.opvc.compiler.vector.Operation;
import dev.opvc.compiler.vector.Value;
import dev.opvc.compiler.vector.VectorPath;
import dev.opvc.compiler.vector.VectorSize;
import dev.opvc.compiler.vector.VectorUnit;
import dev.opvc.runtime.CpuOp;
import java.math.BigInteger;
import java.util.List;
import java.util.Set;

/** Holds a vector to the limits of operation vectors, for both sizes of pointers. */
final class LimitCheck {
    private static final Set<Long> ARITHMETIC_LENGTHS = Set.of(1L, 2L, 4L, 8L);

    private final Identifier name;
    private final UnitKind kind;
    private final Diagnostics diagnostics;

    LimitCheck(Identifier name, UnitKind kind, Diagnostics diagnostics) {
        this.name = name;
        this.kind = kind;
        this.diagnostics = diagnostics;
    }

    /** Reports the first path over a limit. Its loading vectors are shorter than its vector, so that one is enough. */
    void check(VectorUnit unit) {
        int errorsBefore = diagnostics.errorCount();
        for (VectorPath path : unit.paths()) {
            check(path.operations(), String.join(" && ", path.when()));
            if (diagnostics.errorCount() != errorsBefore) {
                return;
            }
        }
    }

    /**
     * Reports a vector that is over a limit.
     *
     * @param when the conditions that lead to it; empty if it is the only one
     */
    void check(List<Operation> operations, String when) {
        int errorsBefore = diagnostics.errorCount();
        operations.forEach(this::checkLength);
        checkCount(operations, when);
        if (diagnostics.errorCount() == errorsBefore) {
            checkSum(operations, when);
        }
    }

    private void checkLength(Operation operation) {
        switch (operation.code().shape()) {
            case COMPARE, COPY -> checkDataLength(operation);
            case ADD, BITWISE, SHIFT -> checkArithmeticLength(operation);
            case BARRIER -> {}
        }
    }

    private void checkDataLength(Operation operation) {
        for (Abi abi : Abi.values()) {
            long length = operation.length().max(abi);
            if (length > CpuOp.CPU_OP_DATA_LEN_MAX) {
                diagnostics.report(Diagnostic.at(
                                operation.span(),
                                DiagnosticCode.OPERATION_TOO_LONG,
                                operation.code().constant() + " of " + length + " bytes; the limit is "
                                        + CpuOp.CPU_OP_DATA_LEN_MAX + " (CPU_OP_DATA_LEN_MAX)")
                        .help(
                                kind.folds()
                                        ? "a " + kind.keyword()
                                                + " copies what it folds: fold less of it, or keep it in smaller arrays"
                                        : inParts(operation) + " it in parts, in transactions of their own"));
                return;
            }
        }
    }

    private static String inParts(Operation operation) {
        boolean resets =
                operation.operands().stream().anyMatch(operand -> operand.address() instanceof Address.OfInitial);
        return resets ? "reset" : "copy or compare";
    }

    private void checkArithmeticLength(Operation operation) {
        Length length = operation.length();
        boolean parameter = !length.isKnown();
        for (Abi abi : Abi.values()) {
            long bytes = length.max(abi);
            boolean allowed = parameter ? bytes <= CpuOp.CPU_OP_ARITHMETIC_LEN_MAX : ARITHMETIC_LENGTHS.contains(bytes);
            if (!allowed) {
                diagnostics.report(Diagnostic.at(
                        operation.span(),
                        DiagnosticCode.OPERATION_LENGTH,
                        operation.code().constant() + " of " + (parameter ? "up to " : "") + bytes
                                + " bytes; it works on 1, 2, 4 or 8"));
                return;
            }
            if (operation instanceof Operation.Shift shift && !shiftsWithin(shift, bytes, abi)) {
                diagnostics.report(Diagnostic.at(
                        operation.span(),
                        DiagnosticCode.SHIFT_RANGE,
                        operation.code().constant() + " of " + bytes + " bytes can shift by 0 to "
                                + (bytes * Byte.SIZE - 1) + " bits"));
                return;
            }
        }
    }

    private static boolean shiftsWithin(Operation.Shift shift, long bytes, Abi abi) {
        return !(shift.bits() instanceof Value.Constant constant)
                || ((IntegerValue) constant.value()).on(abi).compareTo(BigInteger.valueOf(bytes * Byte.SIZE)) < 0;
    }

    private void checkCount(List<Operation> operations, String when) {
        if (operations.size() > CpuOp.CPU_OP_VEC_LEN_MAX) {
            diagnostics.report(Diagnostic.at(
                            name.span(),
                            DiagnosticCode.VECTOR_TOO_LONG,
                            "`" + name + "`" + way(when) + " needs " + operations.size() + " operations; the limit is "
                                    + CpuOp.CPU_OP_VEC_LEN_MAX + " (CPU_OP_VEC_LEN_MAX)")
                    .note(OperationList.of(operations, Abi.LP64))
                    .help("copy neighbouring fields as one struct, or split the " + kind.keyword()));
        }
    }

    private void checkSum(List<Operation> operations, String when) {
        for (Abi abi : Abi.values()) {
            long sum = VectorSize.of(operations, abi).dataLength();
            if (sum > CpuOp.CPU_OP_VEC_DATA_LEN_MAX) {
                diagnostics.report(Diagnostic.at(
                                name.span(),
                                DiagnosticCode.VECTOR_DATA_TOO_LONG,
                                "the operations of `" + name + "`" + way(when) + " work on " + sum
                                        + " bytes; the limit is " + CpuOp.CPU_OP_VEC_DATA_LEN_MAX
                                        + " (CPU_OP_VEC_DATA_LEN_MAX)")
                        .note(OperationList.of(operations, abi))
                        .help(
                                kind == UnitKind.DRAIN
                                        ? "a drain copies what it folds, and sets it back: fold less of it in each drain"
                                        : "shorten the copies, or split the " + kind.keyword()));
                return;
            }
        }
    }

    private static String way(String when) {
        return when.isEmpty() ? "" : ", where `" + when + "`,";
    }
}
