// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.java.forms;

/**
 * About how many bytes of stack a part takes in the interpreter, whose frames are the largest; seldom fewer than it
 * really takes.
 */
final class StackEstimate {
    /**
     * What the parts of a direct form may take together, where one calls the next: they run under a CPU's word, in the
     * 8 kilobytes and more that the runtime knows to be there when it takes the word. Of these the calls that a part
     * makes need their share, at most a copy: ten frames or so in the interpreter of Java 22 and later, each of 200 to
     * 350 bytes. So parts get half.
     */
    static final int PARTS_MAX = 4_000;

    /** A frame with no variables: what it saves of its caller, and what the interpreter keeps in it. */
    private static final int FRAME = 128;

    /** A long or a double in the interpreter; the others take half of it. */
    private static final int VARIABLE = 16;

    private StackEstimate() {}

    /** The estimate in bytes, without what the method calls. */
    static int of(int parameters, CodeReading body) {
        return FRAME + VARIABLE * (parameters + body.values());
    }
}
