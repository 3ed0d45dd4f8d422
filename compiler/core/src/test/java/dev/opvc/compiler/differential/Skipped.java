// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.differential;

import java.io.Serial;

/** A case about which the language says nothing, so that forms may differ. */
final class Skipped extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    /** It breaks the caller's duty: memory behind pointers must be accessible. */
    static final String INACCESSIBLE = "memory that is not accessible";
    /** It looks at the bits of a NaN that arithmetic made. */
    static final String NAN_BITS = "bits of a computed NaN";
    /** It depends on how much a compiler sees of what a read behind writes depends on. */
    static final String OVERLAP = "debatable overlap";

    private final String reason;

    Skipped(String reason) {
        super(reason, null, false, false);
        this.reason = reason;
    }

    String reason() {
        return reason;
    }
}
