// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.check;

import dev.opvc.compiler.model.ScalarType;
import dev.opvc.compiler.vector.OpCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How an operation of a raw vector is written: as a call, whose arguments follow from the operation's shape.
 *
 * @param code the operation
 */
record RawOperations(OpCode code) {
    private static final String LENGTH = "len";

    /** A barrier is a statement of its own. */
    private static Stream<RawOperations> all() {
        return Stream.of(OpCode.values()).filter(code -> code != OpCode.BARRIER).map(RawOperations::new);
    }

    /** The operation of a name. */
    static Optional<RawOperations> named(String word) {
        return all().filter(each -> each.code.word().equals(word)).findFirst();
    }

    /** The names of all. */
    static List<String> words() {
        return all().map(each -> each.code.word()).toList();
    }

    /** How many addresses come first. */
    int addresses() {
        return code.shape().addresses().size();
    }

    /** The type of the value between the addresses and the length; empty if there is none. */
    Optional<ScalarType> valueType() {
        return code.shape().valueType();
    }

    /** How many arguments are written. */
    int arguments() {
        return names().size();
    }

    /** How it is written, for messages. */
    String usage() {
        return code.word() + "(" + String.join(", ", names()) + ")";
    }

    private List<String> names() {
        List<String> names = new ArrayList<>(code.shape().addresses());
        code.shape().value().ifPresent(names::add);
        names.add(LENGTH);
        return names;
    }
}
