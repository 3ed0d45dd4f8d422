// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.lower;

import dev.opvc.compiler.model.Abi;
import dev.opvc.compiler.vector.Operation;
import dev.opvc.compiler.vector.VectorSize;
import java.util.List;
import java.util.Locale;

/** Lists the operations of a vector with their sizes and the sum, for the message that they are too many. */
final class OperationList {
    /** More operations than this are summed up in a line. */
    private static final int LINES_MAX = 40;

    private OperationList() {}

    static String of(List<Operation> operations, Abi abi) {
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT, "the operations, and their bytes where pointers have %d:", abi.pointerSize()));
        for (int i = 0; i < Math.min(operations.size(), LINES_MAX); i++) {
            Operation operation = operations.get(i);
            text.append(String.format(
                    Locale.ROOT,
                    "%n%3d  %-17s %5d  %s",
                    i + 1,
                    operation.code().constant(),
                    operation.length().max(abi),
                    operation.span().excerpt()));
        }
        if (operations.size() > LINES_MAX) {
            text.append(String.format(Locale.ROOT, "%n     and %d more", operations.size() - LINES_MAX));
        }
        text.append(String.format(
                Locale.ROOT,
                "%n     %-17s %5d",
                "together",
                VectorSize.of(operations, abi).dataLength()));
        return text.toString().replace(System.lineSeparator(), "\n");
    }
}
