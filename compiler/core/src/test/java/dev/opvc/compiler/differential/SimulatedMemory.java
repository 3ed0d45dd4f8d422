// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.differential;

import dev.opvc.compiler.model.Abi;
import dev.opvc.compiler.model.ScalarType;
import dev.opvc.compiler.model.Type;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;

/**
 * The memory that the interpreter works on: copies of the regions that a call may touch, at their addresses.
 *
 * <p>Beside each byte stands a mark: which byte it is of a NaN that arithmetic made, or none. Copies copy marks.
 */
final class SimulatedMemory {
    /** Bytes that a copy reads before it writes the first of them. */
    private static final int BLOCK = 64;

    private static final byte NO_MARK = 0;

    /** A region, with its bytes and their marks. */
    static final class Region {
        private final long start;
        private final byte[] bytes;
        private final byte[] marks;

        Region(long start, Image image) {
            this.start = start;
            this.bytes = image.toBytes();
            this.marks = new byte[image.size()];
        }

        private Region(long start, byte[] bytes, byte[] marks) {
            this.start = start;
            this.bytes = bytes;
            this.marks = marks;
        }

        Region copy() {
            return new Region(start, bytes.clone(), marks.clone());
        }

        long start() {
            return start;
        }

        byte at(int index) {
            return bytes[index];
        }

        private boolean holds(Range range) {
            long offset = range.start() - start;
            return offset >= 0 && offset <= bytes.length && range.length() <= bytes.length - offset;
        }

        private int index(long address) {
            return (int) (address - start);
        }

        /** Whether a byte differs from what it may be. */
        boolean differs(int index, Image actual) {
            return actual.at(index) != bytes[index] && !(marks[index] != NO_MARK && isNan(index, actual));
        }

        /** Whether a marked byte belongs to what is a NaN there too; of a part of one nothing is known. */
        private boolean isNan(int index, Image actual) {
            int width = Marks.width(marks[index]);
            int first = index - Marks.position(marks[index]);
            if (first < 0 || first + width > marks.length || !Marks.isWhole(marks, first, width)) {
                return true;
            }
            ByteBuffer buffer = ByteBuffer.wrap(actual.toBytes()).order(ByteOrder.nativeOrder());
            return width == Float.BYTES ? Float.isNaN(buffer.getFloat(first)) : Double.isNaN(buffer.getDouble(first));
        }
    }

    /** What a mark says: the width of the float, and the byte's place in it. */
    private static final class Marks {
        static byte of(int width, int position) {
            return (byte) (width * Double.BYTES + position);
        }

        static int width(byte mark) {
            return mark / Double.BYTES;
        }

        static int position(byte mark) {
            return mark % Double.BYTES;
        }

        static boolean isWhole(byte[] marks, int first, int width) {
            for (int i = 0; i < width; i++) {
                if (marks[first + i] != of(width, i)) {
                    return false;
                }
            }
            return true;
        }
    }

    private final List<Region> regions;

    SimulatedMemory(List<Region> regions) {
        this.regions = regions;
    }

    boolean isAccessible(Range range) {
        return range.length() == 0 || regions.stream().anyMatch(region -> region.holds(range));
    }

    private Region region(Range range) {
        return regions.stream()
                .filter(region -> region.holds(range))
                .findFirst()
                .orElseThrow(() -> new Skipped(Skipped.INACCESSIBLE));
    }

    /** The value of a scalar or pointer; any byte but 0 is true. */
    Datum load(Type type, long address) {
        int size = (int) type.size(Abi.LP64);
        Region region = region(new Range(address, size));
        int first = region.index(address);
        long bits = 0;
        boolean marked = false;
        for (int i = 0; i < size; i++) {
            bits |= (region.bytes[first + i] & 0xFFL) << shift(i, size);
            marked |= region.marks[first + i] != NO_MARK;
        }
        if (!marked) {
            return Datum.of(type, type == ScalarType.BOOL && bits != 0 ? 1 : bits);
        }
        boolean isFloat = type instanceof ScalarType scalar && scalar.isFloat();
        if (isFloat && Marks.isWhole(region.marks, first, size)) {
            return new Datum(type, bits, true);
        }
        throw new Skipped(Skipped.NAN_BITS);
    }

    void store(long address, Datum value) {
        int size = (int) value.type().size(Abi.LP64);
        Region region = region(new Range(address, size));
        int first = region.index(address);
        for (int i = 0; i < size; i++) {
            region.bytes[first + i] = (byte) (value.bits() >>> shift(i, size));
            region.marks[first + i] = value.anyNan() ? Marks.of(size, i) : NO_MARK;
        }
    }

    private static int shift(int index, int size) {
        boolean little = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;
        return (little ? index : size - 1 - index) * Byte.SIZE;
    }

    /** Copies front to back in blocks, each read whole before it is written. */
    void copy(long dst, long src, long length) {
        for (long done = 0; done < length; done += BLOCK) {
            int size = (int) Math.min(BLOCK, length - done);
            Region from = region(new Range(src + done, size));
            int first = from.index(src + done);
            byte[] bytes = Arrays.copyOfRange(from.bytes, first, first + size);
            byte[] marks = Arrays.copyOfRange(from.marks, first, first + size);
            Region to = region(new Range(dst + done, size));
            System.arraycopy(bytes, 0, to.bytes, to.index(dst + done), size);
            System.arraycopy(marks, 0, to.marks, to.index(dst + done), size);
        }
    }
}
