// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.vector;

import dev.opvc.compiler.model.Abi;
import dev.opvc.compiler.model.PointerType;
import java.util.List;

/**
 * What the limits on a vector count, for one size of pointers. A length that is a parameter counts as its maximum.
 *
 * @param opCount operations, barriers among them
 * @param dataLength sum of the lengths of all operations but barriers, in bytes; {@link Long#MAX_VALUE} if it is more
 * @param longest the largest length of an operation, in bytes; 0 if there is none
 * @param maxPages the most pages that one of the operations can touch
 */
public record VectorSize(int opCount, long dataLength, long longest, int maxPages) {
    /** Memory of up to a page in length that begins anywhere. */
    private static final int PAGES_OF_UNALIGNED_MEMORY = 2;

    /** Measures a vector. */
    public static VectorSize of(List<Operation> operations, Abi abi) {
        long dataLength = 0;
        long longest = 0;
        int maxPages = 0;
        for (Operation operation : operations) {
            long length = operation.length().max(abi);
            dataLength = saturatedSum(dataLength, length);
            longest = Math.max(longest, length);
            maxPages = Math.max(maxPages, pages(operation, abi));
        }
        return new VectorSize(operations.size(), dataLength, longest, maxPages);
    }

    /** The most pages that an operation within the limit on its length can touch. */
    public static int pages(Operation operation, Abi abi) {
        long length = operation.length().max(abi);
        return operation.operands().stream()
                .mapToInt(operand -> pages(operand.address(), length, abi))
                .sum();
    }

    /**
     * Memory that is no longer than its alignment lies within one page, because a page's size is a multiple of every
     * alignment. Places, and what pointers point at, are taken to be aligned as their types say.
     */
    private static int pages(Address address, long length, Abi abi) {
        if (length == 0) {
            return 0;
        }
        return length <= alignment(address, abi) ? 1 : PAGES_OF_UNALIGNED_MEMORY;
    }

    private static int alignment(Address address, Abi abi) {
        return address.match(new Address.Cases<>() {
            /** Only a pointer says what lies where it points; an address that was computed as an integer does not. */
            @Override
            public Integer ofPointer(Address.OfPointer pointer) {
                return pointer.pointer().type() instanceof PointerType type
                        ? type.target().alignment(abi)
                        : 1;
            }

            @Override
            public Integer ofPlace(Address.OfPlace place) {
                return place.place().type().alignment(abi);
            }

            @Override
            public Integer ofCell(Address.OfCell cell) {
                return cell.value().type().alignment(abi);
            }

            @Override
            public Integer ofCopy(Address.OfCopy copy) {
                return copy.places().get(0).type().alignment(abi);
            }

            @Override
            public Integer ofInitial(Address.OfInitial initial) {
                return initial.places().get(0).type().alignment(abi);
            }
        });
    }

    private static long saturatedSum(long a, long b) {
        return a > Long.MAX_VALUE - b ? Long.MAX_VALUE : a + b;
    }
}
