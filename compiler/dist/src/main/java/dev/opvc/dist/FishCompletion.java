// SPDX-License-Identifier: Apache-2.0
package dev.opvc.dist;

import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Completion for fish from a command line's model: one line for each command, option and value. */
final class FishCompletion {
    private final StringBuilder script = new StringBuilder();
    private final String program;

    private FishCompletion(String program) {
        this.program = program;
    }

    static String render(CommandSpec program) {
        FishCompletion fish = new FishCompletion(program.name());
        fish.script.append("# SPDX-License-Identifier: Apache-2.0\n");
        for (CommandLine command : program.subcommands().values()) {
            CommandSpec spec = command.getCommandSpec();
            fish.line(
                    "__fish_use_subcommand",
                    " -f -a " + spec.name() + described(spec.usageMessage().description()));
        }
        program.options().forEach(option -> fish.option("__fish_use_subcommand", option));
        for (CommandLine command : program.subcommands().values()) {
            CommandSpec spec = command.getCommandSpec();
            spec.options().forEach(option -> fish.option("__fish_seen_subcommand_from " + spec.name(), option));
        }
        return fish.script.toString();
    }

    private void option(String condition, OptionSpec option) {
        StringBuilder rest = new StringBuilder();
        for (String name : option.names()) {
            rest.append(name.startsWith("--") ? " -l " + name.substring(2) : " -s " + name.substring(1));
        }
        if (option.arity().max() > 0) {
            rest.append(" -r");
            if (option.paramLabel().indexOf('|') > 0) {
                rest.append(" -f -a '")
                        .append(option.paramLabel().replace('|', ' '))
                        .append('\'');
            }
        }
        line(condition, rest + described(option.description()));
    }

    private void line(String condition, String rest) {
        script.append("complete -c ")
                .append(program)
                .append(" -n '")
                .append(condition)
                .append('\'')
                .append(rest)
                .append('\n');
    }

    /** The first sentence, quoted. */
    private static String described(String... description) {
        return description.length == 0 ? "" : " -d '" + Sentences.first(description[0]) + "'";
    }
}
