// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit;

import java.nio.file.Path;
import java.util.Collection;
import java.util.List;

/**
 * What outputs depend on, in the form that make, ninja and CMake read: one rule with all outputs as targets and all
 * files that were read as prerequisites. Each of these is also the target of an empty rule, so that make does not stop
 * where one was deleted that is imported no more.
 */
public final class DependencyFile {
    private static final String CONTINUED = " \\\n    ";

    private DependencyFile() {}

    /**
     * The text, the same for the same files in any order.
     *
     * @throws IllegalArgumentException if a name holds the end of a line, which the format cannot say
     */
    public static String render(Collection<Path> outputs, Collection<Path> inputs) {
        List<String> prerequisites = names(inputs);
        StringBuilder text = new StringBuilder();
        text.append(String.join(CONTINUED, names(outputs))).append(':');
        prerequisites.forEach(input -> text.append(CONTINUED).append(input));
        text.append('\n');
        prerequisites.forEach(input -> text.append(input).append(":\n"));
        return text.toString();
    }

    private static List<String> names(Collection<Path> files) {
        return files.stream().map(DependencyFile::escaped).sorted().toList();
    }

    private static String escaped(Path path) {
        String name = path.toString();
        if (name.indexOf('\n') >= 0) {
            throw new IllegalArgumentException("the name of a file holds the end of a line: " + name);
        }
        return name.replace("$", "$$").replace("#", "\\#").replace(" ", "\\ ");
    }
}
