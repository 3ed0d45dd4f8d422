// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.model;

/** How many bytes an operation works on. */
public sealed interface Length {
    /** The largest that it can be. */
    long max(Abi abi);

    /** Known when it is compiled. */
    record Fixed(long lp64, long ilp32) implements Length {
        @Override
        public long max(Abi abi) {
            return abi == Abi.LP64 ? lp64 : ilp32;
        }
    }

    /** The size of a type. */
    record OfType(Type type) implements Length {
        @Override
        public long max(Abi abi) {
            return type.size(abi);
        }
    }

    /** A parameter with a {@code max}. */
    record OfParameter(Parameter parameter) implements Length {
        @Override
        public long max(Abi abi) {
            return parameter.max().orElseThrow();
        }
    }
}
