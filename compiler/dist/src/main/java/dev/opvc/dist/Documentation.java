// SPDX-License-Identifier: Apache-2.0
package dev.opvc.dist;

import dev.opvc.cli.Main;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.AutoComplete;
import picocli.CommandLine;

/** Writes the man page and the shell completion, both from the command line's own model. */
public final class Documentation {
    private static final String PROGRAM = "opvc";

    private Documentation() {}

    /** Writes {@code opvc.1} and the completion for bash, zsh and fish into the folder that is named. */
    public static void main(String[] args) throws IOException {
        Path folder = Files.createDirectories(Path.of(args[0]));
        CommandLine model = Main.model();
        Files.writeString(folder.resolve(PROGRAM + ".1"), ManPage.render(model.getCommandSpec()));
        Files.writeString(folder.resolve(PROGRAM + ".bash"), AutoComplete.bash(PROGRAM, model));
        Files.writeString(folder.resolve("_" + PROGRAM), ZshCompletion.render(model.getCommandSpec()));
        Files.writeString(folder.resolve(PROGRAM + ".fish"), FishCompletion.render(model.getCommandSpec()));
    }
}
