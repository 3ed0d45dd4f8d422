// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The documents that say what the language means, and the OPV in them. */
public final class LanguageDocuments {
    /** Lists what can be wrong. Its last block is where the examples of that list stand. */
    static final Path DIAGNOSTICS = Path.of("diagnostics.md");
    /** Its blocks are one file, to which each adds something. */
    static final Path TUTORIAL = Path.of("tutorial.md");

    private static final Path FOLDER = Path.of(System.getProperty("opvc.root"), "grammar");
    private static final Pattern BLOCK = Pattern.compile("```opv( error (OPV\\d{4}))?\n(.*?)```", Pattern.DOTALL);

    private LanguageDocuments() {}

    /**
     * OPV in a document.
     *
     * @param source the text
     * @param code the diagnostic that it says it gets
     */
    record Block(String source, Optional<String> code) {}

    /** All of them, by name. */
    static List<Path> names() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.map(Path::getFileName)
                    .filter(name -> name.toString().endsWith(".md"))
                    .sorted()
                    .toList();
        }
    }

    static String text(Path name) throws IOException {
        return Files.readString(FOLDER.resolve(name));
    }

    static List<Block> blocks(Path name) throws IOException {
        List<Block> blocks = new ArrayList<>();
        Matcher block = BLOCK.matcher(text(name));
        while (block.find()) {
            blocks.add(new Block(block.group(3), Optional.ofNullable(block.group(2))));
        }
        return blocks;
    }

    /** The one block that declares a unit. */
    public static String blockOf(String unit) throws IOException {
        List<String> found = new ArrayList<>();
        for (Path name : names()) {
            for (Block block : blocks(name)) {
                if (block.source().contains(" " + unit + "(")) {
                    found.add(block.source());
                }
            }
        }
        if (found.size() != 1) {
            throw new IllegalArgumentException(found.size() + " blocks declare " + unit);
        }
        return found.get(0);
    }
}
