// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.check;

import java.util.Map;
import java.util.Optional;

/** What C and Java call the types and values that the language has by other names. */
final class ForeignWords {
    private static final Map<String, String> TYPES = Map.ofEntries(
            Map.entry("uint8_t", "u8"),
            Map.entry("uint16_t", "u16"),
            Map.entry("uint32_t", "u32"),
            Map.entry("uint64_t", "u64"),
            Map.entry("int8_t", "i8"),
            Map.entry("int16_t", "i16"),
            Map.entry("int32_t", "i32"),
            Map.entry("int64_t", "i64"),
            Map.entry("uintptr_t", "uptr"),
            Map.entry("size_t", "uptr"),
            Map.entry("char", "i8"),
            Map.entry("short", "i16"),
            Map.entry("int", "i32"),
            Map.entry("long", "i64"),
            Map.entry("unsigned", "u32"),
            Map.entry("float", "f32"),
            Map.entry("double", "f64"),
            Map.entry("boolean", "bool"),
            Map.entry("_Bool", "bool"),
            Map.entry("void", "byte"));

    private static final Map<String, String> VALUES = Map.of(
            "NULL", "null", "nullptr", "null", "TRUE", "true", "FALSE", "false", "INFINITY", "inf", "NAN", "nan");

    private ForeignWords() {}

    /** A help text that names the type that a type of C or Java is here. */
    static Optional<String> type(String name) {
        return Optional.ofNullable(TYPES.get(name)).map(ForeignWords::help);
    }

    /** A help text that names the value that one of C is here. */
    static Optional<String> value(String name) {
        return Optional.ofNullable(VALUES.get(name)).map(ForeignWords::help);
    }

    private static String help(String word) {
        return "write `" + word + "`";
    }
}
