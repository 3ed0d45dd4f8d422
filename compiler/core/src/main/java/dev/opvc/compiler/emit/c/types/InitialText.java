// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.c.types;

import dev.opvc.compiler.model.InitialValue;
import dev.opvc.compiler.vector.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What memory begins with, as the initializer of an object of its type. */
public final class InitialText implements InitialValue.Cases<String> {
    private static final InitialText KINDS = new InitialText();

    /** More elements are written by macros, each of which stands for a power of two of them; structs always are. */
    private static final long WRITTEN_OUT_MAX = 4;

    private static final String BRACE = "{";

    private InitialText() {}

    /** The initializer. */
    public static String of(InitialValue value) {
        return value.match(KINDS);
    }

    @Override
    public String scalar(InitialValue.OfScalar scalar) {
        Value.Constant constant = new Value.Constant(scalar.type(), scalar.value());
        return CLiterals.typed(constant.type(), constant.value()).text();
    }

    /** Elements that are not written are zero, as the ones that are. */
    @Override
    public String array(InitialValue.OfArray array) {
        String element = of(array.element());
        return "{ " + (array.isZero() ? element : repeated(element, array.type().length())) + " }";
    }

    @Override
    public String struct(InitialValue.OfStruct struct) {
        return struct.fields().stream().map(InitialText::of).collect(Collectors.joining(", ", "{ ", " }"));
    }

    private static String repeated(String element, long count) {
        List<String> parts = new ArrayList<>();
        long left = count;
        long writtenOutMax = element.startsWith(BRACE) ? 1 : WRITTEN_OUT_MAX;
        while (left > writtenOutMax) {
            long times = Long.highestOneBit(left);
            parts.add("OPV_TIMES_" + times + "(" + element + ")");
            left -= times;
        }
        for (; left > 0; left--) {
            parts.add(element);
        }
        return String.join(", ", parts);
    }
}
