// SPDX-License-Identifier: Apache-2.0
package com.acme;

public final class Cache implements AutoCloseable {
    private final Hits hits = Hits.allocate();

    public void found() {
        hits.hit();
    }

    @Override
    public void close() {
        hits.close();
    }
}
