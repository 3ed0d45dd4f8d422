// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.c.names;

import dev.opvc.compiler.model.ConstantDefinition;
import dev.opvc.compiler.model.Field;
import dev.opvc.compiler.model.Namespace;
import dev.opvc.compiler.model.StructType;
import dev.opvc.compiler.model.Table;
import dev.opvc.compiler.vector.VectorProgram;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;

/** What things are called in C, as far as that depends on nothing but their own names. */
public final class CNames {
    private static final Pattern WORD_BOUNDARY = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])");
    private static final Pattern NO_IDENTIFIER_PART = Pattern.compile("[^A-Za-z0-9_]");
    private static final String SOURCE_SUFFIX = ".opv";
    private static final String HEADER_SUFFIX = ".h";
    private static final String DIGIT_PREFIX = "file_";
    private static final String GUARD_SUFFIX = "_OPV_H_INCLUDED";
    private static final String GUARD_FOLDER = "_s_";

    private CNames() {}

    /** {@code snake_case} of a name: {@code LatencyHistogram} is {@code latency_histogram}. */
    public static String snake(String name) {
        return WORD_BOUNDARY.matcher(name).replaceAll("_").toLowerCase(Locale.ROOT);
    }

    public static String upperSnake(String name) {
        return snake(name).toUpperCase(Locale.ROOT);
    }

    /** The tag of a struct, without the keyword. */
    public static String tag(StructType struct) {
        return struct(struct, "");
    }

    /** The tag of the type of handles to a per-CPU struct, which stays incomplete. */
    public static String handleTag(StructType struct) {
        return struct(struct, "_percpu");
    }

    public static String allocate(StructType struct) {
        return struct(struct, "_alloc");
    }

    public static String free(StructType struct) {
        return struct(struct, "_free");
    }

    public static String slot(StructType struct) {
        return struct(struct, "_slot");
    }

    private static String struct(StructType struct, String ending) {
        return NameKind.FILE_SCOPE.safe(prefixed(struct.namespace(), snake(struct.name()) + ending));
    }

    /** A name with what all names of its file begin with. */
    static String prefixed(Namespace namespace, String name) {
        return namespace.prefix().isEmpty() ? name : snake(namespace.prefix()) + "_" + name;
    }

    /** What says how many elements the array at the end of an instance's slots has. */
    public static String length(StructType struct) {
        return NameKind.FILE_SCOPE.safe(
                snake(struct.name()) + "_" + struct.tail().orElseThrow().name() + "_length");
    }

    public static String member(Field field) {
        return NameKind.MEMBER.safe(field.name());
    }

    /** The macro that is a constant of a file. */
    public static String constant(VectorProgram program, ConstantDefinition constant) {
        String name = fileStem(program.path()) + "_" + snake(constant.name().text());
        return NameKind.FILE_SCOPE.safe(upperSnake(prefixed(program.namespace(), name)));
    }

    /** The array that is a table: the same wherever it is imported. */
    public static String table(Table table) {
        String name =
                fileStem(table.name().span().file().name()) + "_" + table.name().text();
        return NameKind.FILE_SCOPE.safe(snake(prefixed(table.namespace(), name)));
    }

    /** A file's name, without folders and suffix. */
    public static String baseName(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** The base name of a file as a snake identifier: the prefix of what belongs to no struct. */
    public static String fileStem(String path) {
        String name = baseName(path);
        String bare = name.endsWith(SOURCE_SUFFIX) ? name.substring(0, name.length() - SOURCE_SUFFIX.length()) : name;
        String stem = snake(NO_IDENTIFIER_PART.matcher(bare).replaceAll("_"));
        return stem.isEmpty() || Character.isDigit(stem.charAt(0)) ? DIGIT_PREFIX + stem : stem;
    }

    /** The path of the header made from a file. */
    public static String header(String path) {
        return path + HEADER_SUFFIX;
    }

    /**
     * The macro that keeps a header from being read twice: different for each path. Lower-case letters become
     * upper-case ones; all that is no lower-case letter, digit or underscore is written with lower-case letters.
     */
    public static String guard(String path) {
        String bare =
                path.endsWith(SOURCE_SUFFIX) ? path.substring(0, path.length() - SOURCE_SUFFIX.length()) : path + "/";
        StringBuilder guard = new StringBuilder();
        for (byte unit : bare.getBytes(StandardCharsets.UTF_8)) {
            guard.append(guardPart((char) (unit & 0xff), guard.isEmpty()));
        }
        return guard.append(GUARD_SUFFIX).toString();
    }

    private static String guardPart(char unit, boolean first) {
        boolean lowerCase = unit >= 'a' && unit <= 'z';
        boolean digit = unit >= '0' && unit <= '9';
        if (lowerCase || (!first && (unit == '_' || digit))) {
            return String.valueOf(unit).toUpperCase(Locale.ROOT);
        }
        if (unit >= 'A' && unit <= 'Z') {
            return "u" + unit;
        }
        return unit == '/' ? GUARD_FOLDER : String.format(Locale.ROOT, "x%02X", (int) unit);
    }
}
