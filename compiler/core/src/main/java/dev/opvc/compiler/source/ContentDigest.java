// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Tells whether a file's content is what it was.
 *
 * @param text the SHA-256 of the bytes, 64 hexadecimal digits, or {@code absent}
 */
public record ContentDigest(String text) {
    /** There is no file. */
    public static final ContentDigest ABSENT = new ContentDigest("absent");

    public static ContentDigest of(byte[] bytes) {
        try {
            return new ContentDigest(HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** The digest of a file as it is now. */
    public static ContentDigest of(Path file) throws IOException {
        try {
            return of(Files.readAllBytes(file));
        } catch (NoSuchFileException e) {
            return ABSENT;
        }
    }
}
