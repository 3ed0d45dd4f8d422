// SPDX-License-Identifier: Apache-2.0
package dev.opvc.cli;

/** The call is wrong in a way that shows only when all of it has been read. */
final class CallError extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CallError(String message) {
        super(message);
    }
}
