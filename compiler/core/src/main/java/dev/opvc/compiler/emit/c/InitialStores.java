// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.c;

import dev.opvc.compiler.emit.c.names.CNames;
import dev.opvc.compiler.emit.c.text.CText;
import dev.opvc.compiler.emit.c.types.InitialText;
import dev.opvc.compiler.model.Field;
import dev.opvc.compiler.model.InitialValue;

/** Writes stores of what is not zero of what memory begins with, to memory that is: a loop for each array. */
final class InitialStores {
    private static final String COUNTERS = "ijklmnop";

    private final CText text;
    private final String length;

    /** @param length how many elements an array has that is sized when it is allocated */
    InitialStores(CText text, String length) {
        this.text = text;
        this.length = length;
    }

    /** @param pointer the name of a pointer to the struct that begins so */
    void write(String pointer, InitialValue initial) {
        initial.match(new Kinds(pointer, "->", 0));
    }

    private final class Kinds implements InitialValue.Cases<CText> {
        private final String place;
        private final String separator;
        private final int depth;

        Kinds(String place, String separator, int depth) {
            this.place = place;
            this.separator = separator;
            this.depth = depth;
        }

        @Override
        public CText scalar(InitialValue.OfScalar scalar) {
            text.line(place + " = " + InitialText.of(scalar) + ";");
            return text;
        }

        @Override
        public CText array(InitialValue.OfArray array) {
            String counter = depth < COUNTERS.length() ? COUNTERS.substring(depth, depth + 1) : "i" + depth;
            String elements = array.type().sized()
                    ? "(int)" + length
                    : String.valueOf(array.type().length());
            text.open("for (int " + counter + " = 0; " + counter + " < " + elements + "; " + counter + "++)");
            array.element().match(new Kinds(place + "[" + counter + "]", ".", depth + 1));
            text.close("}");
            return text;
        }

        @Override
        public CText struct(InitialValue.OfStruct struct) {
            for (Field field : struct.type().fields()) {
                InitialValue initial = struct.field(field);
                if (!initial.isZero()) {
                    initial.match(new Kinds(place + separator + CNames.member(field), ".", depth));
                }
            }
            return text;
        }
    }
}
