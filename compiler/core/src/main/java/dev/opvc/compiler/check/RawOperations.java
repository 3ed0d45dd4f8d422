// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.check;

import dev.opvc.compiler.model.ScalarType;
import dev.opvc.compiler.vector.OpCode;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How the operations of a raw vector are written.
 *
 * @param code the operation
 * @param addresses how many addresses come first
 * @param valueType the type of the value between the addresses and the length; null if there is none
 * @param usage how it is written, for messages
 */
record RawOperations(OpCode code, int addresses, @Nullable ScalarType valueType, String usage) {
    private static final List<RawOperations> ALL = List.of(
            new RawOperations(OpCode.COMPARE_EQ, 2, null, "compare_eq(a, b, len)"),
            new RawOperations(OpCode.COMPARE_NE, 2, null, "compare_ne(a, b, len)"),
            new RawOperations(OpCode.MEMCPY, 2, null, "memcpy(dst, src, len)"),
            new RawOperations(OpCode.ADD, 1, ScalarType.I64, "add(p, n, len)"),
            new RawOperations(OpCode.OR, 1, ScalarType.U64, "or(p, mask, len)"),
            new RawOperations(OpCode.AND, 1, ScalarType.U64, "and(p, mask, len)"),
            new RawOperations(OpCode.XOR, 1, ScalarType.U64, "xor(p, mask, len)"),
            new RawOperations(OpCode.LSHIFT, 1, ScalarType.U32, "lshift(p, bits, len)"),
            new RawOperations(OpCode.RSHIFT, 1, ScalarType.U32, "rshift(p, bits, len)"));

    /** The operation of a name. */
    static Optional<RawOperations> named(String word) {
        return ALL.stream().filter(each -> each.code.word().equals(word)).findFirst();
    }

    /** The names of all. */
    static List<String> words() {
        return ALL.stream().map(each -> each.code.word()).toList();
    }

    /** How many arguments are written. */
    int arguments() {
        return addresses + (valueType == null ? 0 : 1) + 1;
    }
}
