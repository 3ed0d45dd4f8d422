// SPDX-License-Identifier: Apache-2.0
package dev.opvc.runtime;

import java.io.Serial;

/**
 * Memory that an operation touches is not accessible: not mapped, or not readable, or not writable where the operation
 * writes. Nothing of the vector has been done.
 */
public final class MemoryFaultException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    private final int operation;
    private final String operand;
    private final long address;
    private final boolean expected;

    MemoryFaultException(String message, int operation, String operand, long address, boolean expected) {
        super(message);
        this.operation = operation;
        this.operand = operand;
        this.address = address;
        this.expected = expected;
    }

    /** The 1-based index of the operation; 0 if the memory had become accessible when the fault was looked into. */
    public int operation() {
        return operation;
    }

    /** The operand: {@code a}, {@code b}, {@code dst}, {@code src} or {@code p}; empty if it is not known. */
    public String operand() {
        return operand;
    }

    /** The operand's address; 0 if it is not known. */
    public long address() {
        return address;
    }

    /** Whether the operand was marked expect-fault: EAGAIN, where a retry makes sense, instead of EFAULT. */
    public boolean isExpected() {
        return expected;
    }
}
