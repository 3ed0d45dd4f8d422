// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.incremental;

import dev.opvc.compiler.source.ContentDigest;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The file that a {@link BuildRecord} is kept in. It is text: a line that names the format, then one line for each thing
 * recorded, which begins with what it is. A line's last part goes to its end, with {@code \} and ends of lines escaped
 * as in Java.
 */
record RecordFile(Path path) {
    private static final String FORMAT = "opvc build record 1";
    private static final String SETTING = "setting";
    private static final String SOURCE = "source";
    private static final String IMPORT = "import";
    private static final String OUTPUT = "output";
    private static final String WARNED = "warned";
    private static final String WARNED_LINE = WARNED + " ";

    /** The record; empty if there is none, or none that this version can read. */
    Optional<BuildRecord> read() throws IOException {
        try {
            return parse(Files.readAllLines(path));
        } catch (NoSuchFileException | CharacterCodingException e) {
            return Optional.empty();
        }
    }

    /** Replaces the record. It is never there by half. */
    void write(BuildRecord record) throws IOException {
        Path folder = path.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        Path waiting = path.resolveSibling(path.getFileName() + ".new");
        Files.write(waiting, lines(record));
        Files.move(waiting, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    void delete() throws IOException {
        Files.deleteIfExists(path);
    }

    private static List<String> lines(BuildRecord record) {
        List<String> lines = new ArrayList<>();
        lines.add(FORMAT);
        record.settings().forEach(setting -> lines.add(SETTING + " " + escape(setting)));
        addFiles(SOURCE, record.sources(), lines);
        addFiles(IMPORT, record.imports(), lines);
        addFiles(OUTPUT, record.outputs(), lines);
        if (record.warned()) {
            lines.add(WARNED_LINE);
        }
        return lines;
    }

    private static void addFiles(String kind, Map<String, ContentDigest> files, List<String> lines) {
        files.forEach((key, digest) -> lines.add(kind + " " + digest.text() + " " + escape(key)));
    }

    private static Optional<BuildRecord> parse(List<String> lines) {
        if (lines.isEmpty() || !lines.get(0).equals(FORMAT)) {
            return Optional.empty();
        }
        List<String> settings = new ArrayList<>();
        Map<String, ContentDigest> sources = new TreeMap<>();
        Map<String, ContentDigest> imports = new TreeMap<>();
        Map<String, ContentDigest> outputs = new TreeMap<>();
        for (String line : lines.subList(1, lines.size())) {
            int space = line.indexOf(' ');
            String kind = line.substring(0, Math.max(space, 0));
            String rest = line.substring(space + 1);
            boolean understood = switch (kind) {
                case SETTING -> settings.add(unescape(rest));
                case SOURCE -> parseFile(rest, sources);
                case IMPORT -> parseFile(rest, imports);
                case OUTPUT -> parseFile(rest, outputs);
                case WARNED -> true;
                default -> false;
            };
            if (!understood) {
                return Optional.empty();
            }
        }
        return Optional.of(new BuildRecord(settings, sources, imports, outputs, lines.contains(WARNED_LINE)));
    }

    private static boolean parseFile(String text, Map<String, ContentDigest> files) {
        int space = text.indexOf(' ');
        if (space < 0) {
            return false;
        }
        files.put(unescape(text.substring(space + 1)), new ContentDigest(text.substring(0, space)));
        return true;
    }

    private static String escape(String text) {
        return text.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r");
    }

    private static String unescape(String text) {
        return text.translateEscapes();
    }
}
