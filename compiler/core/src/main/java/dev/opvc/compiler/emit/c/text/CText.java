// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.c.text;

import java.util.ArrayList;
import java.util.List;

/** Lines of C, indented. */
public final class CText {
    /** One level of nesting. */
    static final String INDENT = "    ";

    private static final int WIDTH = 100;
    private static final String STATIC = "static inline ";
    private static final String INLINE = "OPV_INLINE ";
    private static final String OUTLINE = "OPV_OUTLINE ";

    private final List<String> lines = new ArrayList<>();
    private int depth;

    public void line(String text) {
        lines.add(text.isEmpty() ? "" : INDENT.repeat(depth) + text);
    }

    /** Writes a statement that is done where a condition holds. */
    public void lineIf(String condition, String statement) {
        line("if (" + condition + ")");
        line(INDENT + statement);
    }

    public void blank() {
        lines.add("");
    }

    /** Writes a line, an opening brace at its end, and indents what follows. */
    public void open(String text) {
        line(text + " {");
        depth++;
    }

    /** Ends what {@link #open} or {@link #function} began. */
    public void close(String text) {
        depth--;
        line(text);
    }

    /**
     * Writes functions, the last of which calls the others.
     *
     * @param comment what each of the others is
     * @param lastComment what the last is
     */
    public void functions(List<FunctionText> functions, List<String> comment, List<String> lastComment) {
        functions(functions, comment, lastComment, false);
    }

    /**
     * The same.
     *
     * @param inlinesLast whether compilers have no choice but to inline the last
     */
    public void functions(
            List<FunctionText> functions, List<String> comment, List<String> lastComment, boolean inlinesLast) {
        for (int i = 0; i < functions.size(); i++) {
            FunctionText each = functions.get(i);
            boolean last = i == functions.size() - 1;
            CComment.write(this, last ? lastComment : comment);
            function(last && inlinesLast ? INLINE : STATIC, each.head(), each.parameters());
            addAll(each.lines());
            close("}");
            if (!last) {
                blank();
            }
        }
    }

    /** Writes the head of a function and opens its body. */
    public void function(String head, List<String> parameters) {
        function(STATIC, head, parameters);
    }

    /** The same of a function that compilers have no choice but to inline. */
    public void inlineFunction(String head, List<String> parameters) {
        function(INLINE, head, parameters);
    }

    /**
     * The same of a function that is never inlined: one that few processes use, and which gets the better of compilers that
     * want to know of all its ways whether results are set.
     */
    public void outlineFunction(String head, List<String> parameters) {
        function(OUTLINE, head, parameters);
    }

    private void function(String specifiers, String head, List<String> parameters) {
        String list = parameters.isEmpty() ? "void" : String.join(", ", parameters);
        String whole = specifiers + head + "(" + list + ")";
        if (whole.length() <= WIDTH) {
            line(whole);
        } else {
            line(specifiers + head + "(");
            wrapped(parameters, ")");
        }
        line("{");
        depth++;
    }

    /** Writes a list, as many of its elements in a line as fit. */
    private void wrapped(List<String> elements, String end) {
        StringBuilder current = new StringBuilder(INDENT);
        for (int i = 0; i < elements.size(); i++) {
            String element = elements.get(i) + (i + 1 < elements.size() ? "," : end);
            boolean first = current.length() == INDENT.length();
            if (!first && current.length() + 1 + element.length() > WIDTH) {
                line(current.toString());
                current.setLength(INDENT.length());
                first = true;
            }
            current.append(first ? "" : " ").append(element);
        }
        line(current.toString());
    }

    public void addAll(List<String> more) {
        more.forEach(this::line);
    }

    @Override
    public String toString() {
        return String.join("\n", lines) + "\n";
    }
}
