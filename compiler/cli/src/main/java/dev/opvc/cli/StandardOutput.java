// SPDX-License-Identifier: Apache-2.0
package dev.opvc.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.util.Locale;

/**
 * A stream of the process that remembers why it could not be written, which a {@link java.io.PrintStream} forgets. A
 * reader who has gone away ({@code opvc explain f.opv | head}) has seen enough, so that is no loss.
 */
final class StandardOutput extends FilterOutputStream {
    private static final String READER_GONE = "broken pipe";

    private String reason = "";

    StandardOutput(FileDescriptor descriptor) {
        super(new FileOutputStream(descriptor));
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        try {
            out.write(bytes, offset, length);
        } catch (IOException e) {
            String message = String.valueOf(e.getMessage());
            if (!message.toLowerCase(Locale.ROOT).contains(READER_GONE)) {
                reason = message;
            }
            throw e;
        }
    }

    /** Whether something that somebody may wait for was not written. */
    boolean lost() {
        return !reason.isEmpty();
    }

    String reason() {
        return reason;
    }
}
