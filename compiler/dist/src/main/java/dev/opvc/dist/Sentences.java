// SPDX-License-Identifier: Apache-2.0
package dev.opvc.dist;

import java.util.Locale;

/** What shells say of a command or option: there is room for one sentence. */
final class Sentences {
    private Sentences() {}

    /** The first sentence without its full stop, and without quotes, which shells would have to be told of. */
    static String first(String description) {
        String text = String.format(Locale.ROOT, description).strip();
        int end = text.indexOf(". ");
        String sentence = end < 0 ? text : text.substring(0, end);
        return sentence.replaceAll("\\.$", "").replace("'", "").replace("`", "");
    }
}
