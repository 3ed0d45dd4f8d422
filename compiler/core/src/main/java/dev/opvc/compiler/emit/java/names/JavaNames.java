// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.java.names;

import dev.opvc.compiler.model.StructType;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** OPV's names in Java's conventions. The rules are told in the documentation of this package. */
public final class JavaNames {
    /** The constant for the size of a struct. */
    public static final String SIZE = "SIZE";

    static final String OFFSET_SUFFIX = "_OFFSET";
    static final String NAMED_CPU_SUFFIX = "On";

    private static final String OPERATIONS_SUFFIX = "Ops";
    private static final String OUTCOME_SUFFIX = "Outcome";
    private static final String RESULT_SUFFIX = "Result";
    private static final String VECTOR_FORM_SUFFIX = "Vector";
    private static final String DIRECT_FORM_SUFFIX = "Direct";
    private static final String INITIAL_SUFFIX = "Initial";
    private static final String ESCAPE = "_";

    private static final Pattern UNDERSCORE = Pattern.compile("_");
    private static final Pattern HUMP = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])");
    private static final Pattern BETWEEN_WORDS = Pattern.compile("[_-]+");

    private JavaNames() {}

    /** A class for a struct. */
    public static String type(String name) {
        String converted = upperCamel(name);
        return ReservedNames.isReservedType(converted) ? converted + ESCAPE : converted;
    }

    /** Whether the class for a struct has another name than the rules give it, because Java has one of that name. */
    public static boolean isTypeTaken(String name) {
        return ReservedNames.isReservedType(upperCamel(name));
    }

    /** The method that runs a unit. */
    public static String unit(String name) {
        String converted = lowerCamel(name);
        return ReservedNames.isReservedUnit(converted) ? converted + ESCAPE : converted;
    }

    /** The form of a unit's method that names the CPU, where there is another. */
    public static String unitOnNamedCpu(String name) {
        return lowerCamel(name) + NAMED_CPU_SUFFIX;
    }

    /** The private method that is a unit's vector form. */
    public static String vectorForm(String name) {
        return lowerCamel(name) + VECTOR_FORM_SUFFIX;
    }

    /** The private method that is a unit's direct form. */
    public static String directForm(String name) {
        return lowerCamel(name) + DIRECT_FORM_SUFFIX;
    }

    /** What the names of constant memory begin with from which a unit sets places back. */
    public static String initialBlock(String name) {
        return lowerCamel(name) + INITIAL_SUFFIX;
    }

    /** The class that holds a unit's results. */
    static String results(String unit) {
        return upperCamel(unit) + RESULT_SUFFIX;
    }

    /** A field of that class, and the method that reads it. */
    public static String result(String name) {
        String converted = accessor(name);
        return ReservedNames.isReservedResult(converted) ? converted + ESCAPE : converted;
    }

    /** The enumeration of a unit's outcomes. */
    static String outcomes(String unit) {
        return upperCamel(unit) + OUTCOME_SUFFIX;
    }

    /** The methods that read and write a field. */
    public static String accessor(String field) {
        String converted = lowerCamel(field);
        return ReservedNames.isReservedAccessor(converted) ? converted + ESCAPE : converted;
    }

    /** The method that tells how many elements the array at the end of an instance's slots has. */
    public static String length(StructType struct) {
        return variable(struct.tail().orElseThrow().name() + "_length");
    }

    /** The constant for a field's place in its struct. */
    public static String offset(String field) {
        return upperSnake(field) + OFFSET_SUFFIX;
    }

    /** A constant, or a constant of an enumeration. */
    public static String constant(String name) {
        return upperSnake(name);
    }

    /** The array that is a table; it stands among the constants. */
    public static String table(String name) {
        return upperSnake(name);
    }

    /** A parameter or local variable; it may still clash with others. */
    public static String variable(String name) {
        return lowerCamel(name);
    }

    public static String packageName(String dotted) {
        if (dotted.isEmpty()) {
            return dotted;
        }
        List<String> parts = List.of(dotted.split("\\."));
        StringBuilder converted = new StringBuilder();
        for (int i = 0; i < parts.size(); i++) {
            String part = parts.get(i);
            boolean first = i == 0;
            converted.append(first ? "" : ".").append(part);
            if (ReservedNames.isReservedPackagePart(part, first)) {
                converted.append(ESCAPE);
            }
        }
        return converted.toString();
    }

    /** The class for what a file has beside its structs. */
    public static String operations(String baseName) {
        String words = BETWEEN_WORDS
                .splitAsStream(baseName)
                .map(JavaNames::capitalized)
                .collect(Collectors.joining());
        boolean digitFirst = !words.isEmpty() && Character.isDigit(words.charAt(0));
        return (digitFirst ? ESCAPE : "") + words + OPERATIONS_SUFFIX;
    }

    private static String upperCamel(String name) {
        return UNDERSCORE.splitAsStream(name).map(JavaNames::capitalized).collect(Collectors.joining());
    }

    private static String lowerCamel(String name) {
        String[] words = UNDERSCORE.split(name, -1);
        return uncapitalized(words[0])
                + Arrays.stream(words).skip(1).map(JavaNames::capitalized).collect(Collectors.joining());
    }

    private static String upperSnake(String name) {
        return HUMP.matcher(name).replaceAll("_").toUpperCase(Locale.ROOT);
    }

    private static String capitalized(String word) {
        return word.isEmpty() ? word : word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
    }

    /** A word that is all capitals, such as {@code N}, becomes small letters. */
    private static String uncapitalized(String word) {
        String small = word.toLowerCase(Locale.ROOT);
        boolean allCapitals = word.equals(word.toUpperCase(Locale.ROOT));
        return word.isEmpty() || allCapitals ? small : small.charAt(0) + word.substring(1);
    }
}
