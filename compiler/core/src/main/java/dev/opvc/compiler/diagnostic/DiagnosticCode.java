// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.diagnostic;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * The kinds of diagnostic. A code, once published, keeps its meaning; a retired one is not given to another.
 *
 * <p>The hundreds say where it comes from: 00 files, 01 text and syntax, 02 names and types, 03 meaning of statements,
 * 04 limits of operation vectors, 05 names and limits of the targets, 08 warnings.
 */
public enum DiagnosticCode {
    FILE_UNREADABLE(1, Severity.ERROR),
    FILE_TOO_LARGE(2, Severity.ERROR),
    FILE_NOT_UTF8(3, Severity.ERROR),
    FILE_NAME(4, Severity.ERROR),
    IMPORT_NOT_FOUND(5, Severity.ERROR),
    IMPORT_CYCLE(6, Severity.ERROR),
    OUTPUT_UNWRITABLE(7, Severity.ERROR),
    OUTPUT_COLLISION(8, Severity.ERROR),
    TOO_MANY_DIAGNOSTICS(9, Severity.WARNING),
    IMPORT_FOLDER(10, Severity.WARNING),

    UNKNOWN_CHARACTER(101, Severity.ERROR),
    UNTERMINATED_COMMENT(102, Severity.ERROR),
    UNTERMINATED_STRING(103, Severity.ERROR),
    SYNTAX(104, Severity.ERROR),
    BAD_NUMBER(105, Severity.ERROR),
    NESTED_TOO_DEEP(106, Severity.ERROR),
    STATEMENT_TOO_LONG(107, Severity.ERROR),
    BAD_NAME(108, Severity.ERROR),
    NEEDS_PARENTHESES(109, Severity.ERROR),

    UNKNOWN_NAME(201, Severity.ERROR),
    DUPLICATE_NAME(202, Severity.ERROR),
    TYPE_MISMATCH(203, Severity.ERROR),
    UNKNOWN_FIELD(204, Severity.ERROR),
    NOT_CONSTANT(205, Severity.ERROR),
    CONSTANT_RANGE(206, Severity.ERROR),
    RECURSIVE_DEFINITION(207, Severity.ERROR),
    STRUCT_SIZE(208, Severity.ERROR),
    BAD_TYPE(209, Severity.ERROR),
    BAD_INITIAL_VALUE(210, Severity.ERROR),
    BAD_PARAMETER(211, Severity.ERROR),
    NOT_A_PLACE(212, Severity.ERROR),
    BAD_CALL(213, Severity.ERROR),
    NOT_DEFINED_ON_TYPE(214, Severity.ERROR),

    GUARD_NOT_LAST(301, Severity.ERROR),
    BAD_STATEMENT(302, Severity.ERROR),
    RESULT_ASSIGNMENT(303, Severity.ERROR),
    READ_AFTER_BARRIER(304, Severity.ERROR),
    OUT_OF_RANGE(305, Severity.ERROR),
    RESERVED_OUTCOME(307, Severity.ERROR),
    MAY_BE_OVERWRITTEN(308, Severity.ERROR),
    READ_OUTSIDE_FOLD(310, Severity.ERROR),
    QUERY_FOLLOWS_POINTER(311, Severity.ERROR),
    DRAIN_MAY_FAIL(312, Severity.ERROR),

    VECTOR_TOO_LONG(401, Severity.ERROR),
    OPERATION_TOO_LONG(402, Severity.ERROR),
    VECTOR_DATA_TOO_LONG(403, Severity.ERROR),
    OPERATION_LENGTH(404, Severity.ERROR),
    SHIFT_RANGE(405, Severity.ERROR),
    TOO_MANY_PATHS(406, Severity.ERROR),
    TOO_MANY_PATHS_OF_FILE(407, Severity.ERROR),

    TARGET_NAME_COLLISION(501, Severity.ERROR),
    TARGET_NAME_UNREACHABLE(502, Severity.ERROR),
    TARGET_METHOD_TOO_LONG(503, Severity.ERROR),
    TARGET_CLASS_TOO_LARGE(504, Severity.ERROR),

    NAME_STYLE(801, Severity.WARNING),
    UNUSED_PARAMETER(802, Severity.WARNING),
    UNUSED_BINDING(803, Severity.WARNING),
    CONSTANT_CONDITION(804, Severity.WARNING),
    LEAST_OF_ZEROS(805, Severity.WARNING),
    TARGET_METHOD_SLOW(806, Severity.WARNING),
    C_NAME_OF_TWO_HEADERS(807, Severity.WARNING);

    private final int number;
    private final Severity severity;

    DiagnosticCode(int number, Severity severity) {
        this.number = number;
        this.severity = severity;
    }

    public Severity severity() {
        return severity;
    }

    /** The code as users see it, for instance {@code OPV0203}. */
    public String text() {
        return String.format(Locale.ROOT, "OPV%04d", number);
    }

    /** The code that users see as {@code text}, in any case of letters. */
    public static Optional<DiagnosticCode> ofText(String text) {
        return Arrays.stream(values())
                .filter(code -> code.text().equalsIgnoreCase(text))
                .findFirst();
    }
}
