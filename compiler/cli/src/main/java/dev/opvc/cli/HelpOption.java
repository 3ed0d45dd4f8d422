// SPDX-License-Identifier: Apache-2.0
package dev.opvc.cli;

import picocli.CommandLine.Option;

/** What asks a command for its help. */
final class HelpOption {
    /** Acted on by picocli. */
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Print this help.")
    @SuppressWarnings("UnusedVariable")
    private boolean requested;
}
