// SPDX-License-Identifier: Apache-2.0
package dev.opvc.dist;

import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * A man page from a command line's model: one page for the program with a section for each command.
 *
 * <p>picocli's own generator writes AsciiDoc, which it takes a Ruby program to make a man page of. The macros used here
 * are those of man(7).
 */
final class ManPage {
    private static final int SECTION = 1;

    private final StringBuilder page = new StringBuilder();

    private ManPage() {}

    static String render(CommandSpec program) {
        ManPage man = new ManPage();
        man.header(program);
        man.heading("SYNOPSIS");
        for (CommandLine command : program.subcommands().values()) {
            man.synopsis(command.getCommandSpec());
        }
        man.heading("DESCRIPTION");
        man.paragraph(program.usageMessage().description());
        man.heading("OPTIONS");
        man.arguments(program);
        man.heading("COMMANDS");
        for (CommandLine command : program.subcommands().values()) {
            man.command(command.getCommandSpec());
        }
        man.heading("NOTES");
        man.paragraph(program.usageMessage().footer());
        return man.page.toString();
    }

    private void header(CommandSpec program) {
        String name = program.name();
        line(".\\\" SPDX-License-Identifier: Apache-2.0");
        line(".TH " + quoted(name.toUpperCase(Locale.ROOT)) + " " + SECTION + " \"\" "
                + quoted(String.join(" ", program.version())));
        heading("NAME");
        line(escape(name) + " \\- "
                + escape(String.join(" ", program.usageMessage().description())));
    }

    private void command(CommandSpec command) {
        line(".SS " + quoted(command.name()));
        synopsis(command);
        paragraph(command.usageMessage().description());
        arguments(command);
    }

    private void synopsis(CommandSpec command) {
        line(".PP");
        String[] custom = command.usageMessage().customSynopsis();
        if (custom.length > 0) {
            for (String synopsis : custom) {
                line(".B " + quoted(synopsis));
            }
        } else {
            line(".B " + quoted(command.commandLine().getHelp().synopsis(0).strip()));
        }
    }

    private void arguments(CommandSpec command) {
        for (PositionalParamSpec parameter : command.positionalParameters()) {
            argument(parameter.paramLabel(), parameter);
        }
        for (OptionSpec option : command.options()) {
            if (!option.hidden()) {
                String names = String.join(", ", option.names());
                argument(option.arity().max() > 0 ? names + " " + option.paramLabel() : names, option);
            }
        }
    }

    private void argument(String term, ArgSpec argument) {
        line(".TP");
        line(".B " + quoted(term));
        for (String text : argument.description()) {
            line(text(text));
        }
    }

    private void paragraph(String... lines) {
        line(".PP");
        for (String text : lines) {
            line(text.isEmpty() ? ".PP" : text(text));
        }
    }

    private void heading(String title) {
        line(".SH " + title);
    }

    private void line(String line) {
        page.append(line).append('\n');
    }

    /** A line of text: picocli's {@code %n} and {@code %%} resolved, and no dot or quote at its start taken for a macro. */
    private static String text(String text) {
        String escaped = escape(String.format(Locale.ROOT, text));
        return escaped.startsWith(".") || escaped.startsWith("'") ? "\\&" + escaped : escaped;
    }

    private static String quoted(String text) {
        return "\"" + escape(text).replace("\"", "\\(dq") + "\"";
    }

    /** A hyphen that is part of a name is not to become a dash; a backslash is one. */
    private static String escape(String text) {
        return text.replace("\\", "\\e").replace("-", "\\-");
    }
}
