// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.check;

import dev.opvc.compiler.diagnostic.Diagnostic;
import dev.opvc.compiler.diagnostic.DiagnosticCode;
import dev.opvc.compiler.diagnostic.Diagnostics;
import dev.opvc.compiler.language.Identifier;
import java.util.regex.Pattern;

/** What a name may look like, so that each target can give it its own convention and get it back whole. */
final class Names {
    /** Longer ones make file names that file systems refuse. */
    static final int LENGTH_MAX = 100;

    private static final Pattern UPPER_CAMEL = Pattern.compile("[A-Z][A-Za-z0-9]*");
    private static final Pattern LOWER_SNAKE = Pattern.compile("[a-z][a-z0-9]*(_[a-z0-9]+)*");
    private static final Pattern UPPER_SNAKE = Pattern.compile("[A-Z][A-Z0-9]*(_[A-Z0-9]+)*");

    private final Diagnostics diagnostics;

    Names(Diagnostics diagnostics) {
        this.diagnostics = diagnostics;
    }

    /** Checks the name of a struct. */
    void type(Identifier name) {
        check(name, UPPER_CAMEL, "a struct's name is written `UpperCamel`");
    }

    /** Checks the name of a unit, field, parameter, binding, result or part of a package. */
    void value(Identifier name) {
        check(name, LOWER_SNAKE, "this name is written `snake_case`");
    }

    /** Checks the name of a constant or outcome. */
    void constant(Identifier name) {
        check(name, UPPER_SNAKE, "this name is written `UPPER_CASE`");
    }

    private void check(Identifier name, Pattern style, String rule) {
        String text = name.text();
        if (text.length() > LENGTH_MAX) {
            diagnostics.report(Diagnostic.at(
                    name.span(), DiagnosticCode.BAD_NAME, "a name has at most " + LENGTH_MAX + " characters"));
        } else if (text.startsWith("_") || text.endsWith("_") || text.contains("__")) {
            diagnostics.report(Diagnostic.at(
                            name.span(),
                            DiagnosticCode.BAD_NAME,
                            "`" + text + "` has an underscore at an end, or two in a row")
                    .help("use single underscores, between letters and digits: targets reserve the others"));
        } else if (!style.matcher(text).matches()) {
            diagnostics.report(Diagnostic.at(name.span(), DiagnosticCode.NAME_STYLE, rule + ": `" + text + "`"));
        }
    }
}
