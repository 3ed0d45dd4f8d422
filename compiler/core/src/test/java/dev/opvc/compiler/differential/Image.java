// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.differential;

/** What some memory holds at one moment. */
final class Image {
    private final byte[] bytes;

    Image(byte[] bytes) {
        this.bytes = bytes.clone();
    }

    int size() {
        return bytes.length;
    }

    byte at(int index) {
        return bytes[index];
    }

    byte[] toBytes() {
        return bytes.clone();
    }
}
