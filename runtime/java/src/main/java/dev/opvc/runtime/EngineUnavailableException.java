// SPDX-License-Identifier: Apache-2.0
package dev.opvc.runtime;

import java.io.Serial;

/** The engine that was asked for cannot work here; the message says what was asked, what was found, and the mend. */
public final class EngineUnavailableException extends IllegalStateException {
    @Serial
    private static final long serialVersionUID = 1;

    public EngineUnavailableException(String message) {
        super(message);
    }
}
