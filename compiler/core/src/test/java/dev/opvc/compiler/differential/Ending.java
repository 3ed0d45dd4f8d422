// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.differential;

/**
 * How a call ended.
 *
 * @param outcome of a call that ended without an error: 0 if it committed, else the outcome's number
 * @param detail of an error that is none of the language's: what it was
 */
record Ending(Kind kind, int outcome, String detail) {
    enum Kind {
        OUTCOME,
        DIVISION_BY_ZERO,
        OUT_OF_BOUNDS,
        ILLEGAL_ARGUMENT,
        /** A range error, of whatever kind: C tells no more. */
        RANGE_ERROR,
        /** What must not happen. */
        UNEXPECTED
    }

    static final Ending COMMITTED = outcome(0);

    static Ending outcome(int number) {
        return new Ending(Kind.OUTCOME, number, "");
    }

    static Ending error(Kind kind) {
        return new Ending(kind, 0, "");
    }

    static Ending unexpected(String detail) {
        return new Ending(Kind.UNEXPECTED, 0, detail);
    }

    boolean isCommit() {
        return equals(COMMITTED);
    }

    /** Whether this, which happened, is what should have. */
    boolean is(Ending expected) {
        return equals(expected) || (kind == Kind.RANGE_ERROR && expected.isRangeError());
    }

    private boolean isRangeError() {
        return kind != Kind.OUTCOME && kind != Kind.UNEXPECTED;
    }

    @Override
    public String toString() {
        return switch (kind) {
            case OUTCOME -> outcome == 0 ? "COMMITTED" : "outcome " + outcome;
            case UNEXPECTED -> detail;
            default -> kind.name();
        };
    }
}
