// SPDX-License-Identifier: Apache-2.0
package com.acme.app;

import com.acme.model.Node;

public final class Front {
    private Front() {}

    public static long size() {
        return Node.SIZE;
    }
}
