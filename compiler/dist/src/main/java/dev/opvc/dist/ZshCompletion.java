// SPDX-License-Identifier: Apache-2.0
package dev.opvc.dist;

import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Completion for zsh from a command line's model: a function for {@code _arguments}, with a case for each command. */
final class ZshCompletion {
    private final StringBuilder script = new StringBuilder();

    private ZshCompletion() {}

    static String render(CommandSpec program) {
        ZshCompletion zsh = new ZshCompletion();
        zsh.line("#compdef " + program.name());
        zsh.line("# SPDX-License-Identifier: Apache-2.0");
        zsh.line("local -a commands");
        zsh.line("local context state line");
        zsh.line("commands=(");
        for (CommandLine command : program.subcommands().values()) {
            CommandSpec spec = command.getCommandSpec();
            String description = Stream.of(spec.usageMessage().description())
                    .findFirst()
                    .map(Sentences::first)
                    .orElse("");
            zsh.line("    '" + spec.name() + ":" + description + "'");
        }
        zsh.line(")");
        zsh.line("_arguments -C \\");
        program.options().forEach(zsh::option);
        zsh.line("    '1:command:->command' \\");
        zsh.line("    '*::argument:->argument'");
        zsh.line("case $state in");
        zsh.line("command) _describe command commands ;;");
        zsh.line("argument)");
        zsh.line("    case $words[1] in");
        for (CommandLine command : program.subcommands().values()) {
            zsh.line("    " + command.getCommandName() + ")");
            zsh.line("        _arguments \\");
            command.getCommandSpec().options().forEach(zsh::option);
            zsh.line("    '*:file:_files'");
            zsh.line("        ;;");
        }
        zsh.line("    esac");
        zsh.line("    ;;");
        zsh.line("esac");
        return zsh.script.toString();
    }

    private void option(OptionSpec option) {
        String description = option.description().length == 0 ? "" : Sentences.first(option.description()[0]);
        for (String name : option.names()) {
            String value = "";
            if (option.arity().max() > 0) {
                String label = option.paramLabel();
                value = ":" + label + ":" + (label.indexOf('|') > 0 ? "(" + label.replace('|', ' ') + ")" : "_files");
            }
            line("    '" + (name.startsWith("--") && !value.isEmpty() ? name + "=" : name) + "["
                    + description.replace("[", "\\[").replace("]", "\\]").replace(":", "\\:") + "]" + value + "' \\");
        }
    }

    private void line(String line) {
        script.append(line).append('\n');
    }
}
