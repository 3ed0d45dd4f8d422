// SPDX-License-Identifier: Apache-2.0
package dev.opvc.runtime.internal.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A process's memory mappings with their rights, ascending, as /proc/self/maps lists them. */
record Mappings(List<Mapping> all) {
    private static final Path LIST = Path.of("/proc/self/maps");
    private static final int HEX = 16;

    /** One mapping: the bytes from {@code start} up to but not including {@code end}. */
    record Mapping(long start, long end, boolean readable, boolean writable) {
        /** Parses the start of a line: {@code 7f12a000-7f12c000 rw-p}. */
        static Mapping parse(String line) {
            int dash = line.indexOf('-');
            int space = line.indexOf(' ', dash);
            return new Mapping(
                    Long.parseUnsignedLong(line, 0, dash, HEX),
                    Long.parseUnsignedLong(line, dash + 1, space, HEX),
                    line.charAt(space + 1) == 'r',
                    line.charAt(space + 2) == 'w');
        }
    }

    /** The mappings at this moment; none if the system does not say, so that nothing unknown is touched. */
    static Mappings ofThisProcess() {
        try (var lines = Files.lines(LIST, java.nio.charset.StandardCharsets.ISO_8859_1)) {
            return new Mappings(lines.map(Mapping::parse).toList());
        } catch (IOException | java.io.UncheckedIOException e) {
            return new Mappings(List.of());
        }
    }

    /** Whether mappings without a gap allow reading, or writing, all of these bytes. */
    boolean allow(long address, int len, boolean write) {
        long end = address + len;
        long covered = address;
        for (Mapping mapping : all) {
            boolean holds = Long.compareUnsigned(mapping.start, covered) <= 0
                    && Long.compareUnsigned(covered, mapping.end) < 0
                    && (write ? mapping.writable : mapping.readable);
            if (holds) {
                covered = mapping.end;
            }
            if (Long.compareUnsigned(covered, end) >= 0) {
                return true;
            }
        }
        return false;
    }
}
