// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.module;

import dev.opvc.compiler.diagnostic.Diagnostic;
import dev.opvc.compiler.diagnostic.DiagnosticCode;
import dev.opvc.compiler.diagnostic.Diagnostics;
import dev.opvc.compiler.parse.ParseLimits;
import dev.opvc.compiler.source.ContentDigest;
import dev.opvc.compiler.source.SourceFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/** Reads source files. They are UTF-8; a byte order mark at the start is skipped. */
public final class SourceReader {
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private SourceReader() {}

    /** Returns the file, or reports why it cannot be read. */
    public static Optional<SourceFile> read(Path file, Diagnostics diagnostics) {
        return read(file, digest -> {}, diagnostics);
    }

    /** Returns all of the file's text, a byte order mark included, or reports why there is none. */
    public static Optional<String> readText(Path file, Diagnostics diagnostics) {
        return readText(file, digest -> {}, diagnostics);
    }

    /**
     * Returns the file, or reports why it cannot be read.
     *
     * @param digest is told what was read
     */
    static Optional<SourceFile> read(Path file, Consumer<ContentDigest> digest, Diagnostics diagnostics) {
        return readText(file, digest, diagnostics).map(text -> withoutMark(file, text));
    }

    private static Optional<String> readText(Path file, Consumer<ContentDigest> digest, Diagnostics diagnostics) {
        String name = name(file);
        try {
            byte[] bytes = bytes(file);
            if (bytes.length > ParseLimits.SOURCE_BYTES_MAX) {
                diagnostics.report(Diagnostic.of(
                                name,
                                DiagnosticCode.FILE_TOO_LARGE,
                                "larger than " + ParseLimits.SOURCE_BYTES_MAX + " bytes")
                        .help("split it, and import the parts"));
                return Optional.empty();
            }
            digest.accept(ContentDigest.of(bytes));
            return decode(name, bytes, diagnostics);
        } catch (IOException e) {
            diagnostics.report(Diagnostic.of(name, DiagnosticCode.FILE_UNREADABLE, "cannot be read: " + reason(e)));
            return Optional.empty();
        }
    }

    /** A file with a text that was read from it. */
    public static SourceFile withoutMark(Path file, String text) {
        return new SourceFile(name(file), text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text);
    }

    /** A path inside an archive says nothing without the archive. */
    private static String name(Path file) {
        return file.getFileSystem().equals(FileSystems.getDefault())
                ? file.toString()
                : file.toUri().toString();
    }

    /** At most one byte more than is allowed, so that a device or a huge file cannot fill the memory. */
    private static byte[] bytes(Path file) throws IOException {
        if (Files.isDirectory(file)) {
            throw new FileSystemException(file.toString(), null, "it is a folder");
        }
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(ParseLimits.SOURCE_BYTES_MAX + 1);
        }
    }

    private static Optional<String> decode(String name, byte[] bytes, Diagnostics diagnostics) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        try {
            return Optional.of(StandardCharsets.UTF_8.newDecoder().decode(in).toString());
        } catch (CharacterCodingException e) {
            diagnostics.report(Diagnostic.of(
                            name,
                            DiagnosticCode.FILE_NOT_UTF8,
                            "not UTF-8: the byte at offset " + in.position() + " begins no character")
                    .help("save the file as UTF-8"));
            return Optional.empty();
        }
    }

    private static String reason(IOException e) {
        if (e instanceof NoSuchFileException) {
            return "there is no such file";
        }
        if (e instanceof FileSystemException ofFile && ofFile.getReason() != null) {
            return ofFile.getReason();
        }
        return String.valueOf(e.getMessage());
    }
}
