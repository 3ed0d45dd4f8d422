// SPDX-License-Identifier: Apache-2.0
package dev.opvc.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What every command that reads OPV takes besides its files. */
final class InputOptions {
    @Option(
            names = "-I",
            paramLabel = "DIR",
            converter = PathConverter.class,
            description = "A folder where imports are looked for that are not beside the importing file. May be given"
                    + " more than once; the folders are tried in order. One that does not exist gets a warning.")
    private List<Path> importFolders = new ArrayList<>();

    @Mixin
    @SuppressWarnings("UnusedVariable")
    private HelpOption help = new HelpOption();

    List<Path> importFolders() {
        return importFolders;
    }
}
