// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.java;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** How long the methods of class files are. */
final class CodeSizes {
    private static final int MAGIC_AND_VERSION = 8;
    private static final int ACCESS_AND_CLASSES = 6;
    private static final int MEMBER_HEAD = 6;
    private static final int STACK_AND_LOCALS = 4;

    private final DataInputStream in;
    private final Map<Integer, String> strings = new TreeMap<>();
    private final Map<String, Integer> sizes = new TreeMap<>();

    private CodeSizes(DataInputStream in) {
        this.in = in;
    }

    /** Bytes of bytecode by class file and method, for all class files below a folder. */
    static Map<String, Integer> below(Path folder) throws IOException {
        Map<String, Integer> sizes = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            List<Path> classes =
                    files.filter(file -> file.toString().endsWith(".class")).toList();
            for (Path file : classes) {
                of(file).forEach((method, size) -> sizes.merge(file.getFileName() + " " + method, size, Math::max));
            }
        }
        return sizes;
    }

    private static Map<String, Integer> of(Path file) throws IOException {
        try (DataInputStream in = new DataInputStream(Files.newInputStream(file))) {
            CodeSizes sizes = new CodeSizes(in);
            sizes.read();
            return sizes.sizes;
        }
    }

    private void read() throws IOException {
        in.skipNBytes(MAGIC_AND_VERSION);
        constants();
        in.skipNBytes(ACCESS_AND_CLASSES);
        in.skipNBytes(2L * in.readUnsignedShort());
        members();
        members();
    }

    private void constants() throws IOException {
        int count = in.readUnsignedShort();
        for (int index = 1; index < count; index++) {
            int tag = in.readUnsignedByte();
            switch (tag) {
                case 1 -> strings.put(index, in.readUTF());
                case 7, 8, 16, 19, 20 -> in.skipNBytes(2);
                case 15 -> in.skipNBytes(3);
                case 3, 4, 9, 10, 11, 12, 17, 18 -> in.skipNBytes(4);
                case 5, 6 -> {
                    in.skipNBytes(8);
                    // Such a constant takes two places.
                    index++;
                }
                default -> throw new IOException("no constant has the tag " + tag);
            }
        }
    }

    private void members() throws IOException {
        int count = in.readUnsignedShort();
        for (int i = 0; i < count; i++) {
            in.skipNBytes(2);
            String name = strings.get(in.readUnsignedShort());
            in.skipNBytes(MEMBER_HEAD - STACK_AND_LOCALS);
            int attributes = in.readUnsignedShort();
            for (int each = 0; each < attributes; each++) {
                attribute(String.valueOf(name));
            }
        }
    }

    private void attribute(String member) throws IOException {
        String name = strings.get(in.readUnsignedShort());
        int length = in.readInt();
        if ("Code".equals(name)) {
            in.skipNBytes(STACK_AND_LOCALS);
            int size = in.readInt();
            sizes.merge(member, size, Math::max);
            in.skipNBytes((long) length - STACK_AND_LOCALS - Integer.BYTES);
        } else {
            in.skipNBytes(length);
        }
    }
}
