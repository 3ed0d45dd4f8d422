// SPDX-License-Identifier: Apache-2.0
package dev.opvc.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Does what the language's tutorial says, from its text: writes its files, runs its commands, compares what they print. */
class TutorialTest {
    private static final Path ROOT = Path.of(System.getProperty("opvc.root"));
    private static final Path TUTORIAL = ROOT.resolve("grammar").resolve("tutorial.md");
    private static final Pattern BLOCK = Pattern.compile("```(opv|java|c|sh|text)\n(.*?)```", Pattern.DOTALL);
    private static final String C_COMPILER = "cc";
    private static final String SCRIPT = "tutorial";

    @TempDir
    private Path folder;

    private final List<Command> commands = new ArrayList<>();

    /**
     * Lines for a shell.
     *
     * @param output what the tutorial says that they print, perhaps beside other things
     */
    private record Command(String lines, List<String> output) {
        boolean isForC() {
            return lines.startsWith(C_COMPILER + " ");
        }
    }

    /** The blocks of OPV are one file, to which each adds something; output stands behind its command. */
    @BeforeEach
    void readTutorial() throws IOException {
        StringBuilder opv = new StringBuilder();
        Matcher block = BLOCK.matcher(Files.readString(TUTORIAL));
        while (block.find()) {
            String text = block.group(2);
            switch (block.group(1)) {
                case "opv" -> opv.append(text);
                case "java" -> Files.writeString(folder.resolve("Main.java"), text);
                case "c" -> Files.writeString(folder.resolve("main.c"), text);
                case "sh" -> commands.add(new Command(text, new ArrayList<>()));
                default -> commands.get(commands.size() - 1).output().add(text);
            }
        }
        Files.writeString(folder.resolve("sizes.opv"), opv);
    }

    @Test
    void javaAndExplainPrintWhatItSays() throws IOException, InterruptedException {
        run(commands.stream().filter(command -> !command.isForC()).toList());
    }

    @Test
    void cPrintsWhatItSays() throws IOException, InterruptedException {
        assumeTrue(ScriptRun.of(script("command -v " + C_COMPILER)).status() == 0, "left out: no C compiler is here");
        Command compile = commands.get(0);
        Command buildAndRun =
                commands.stream().filter(Command::isForC).findFirst().orElseThrow();

        run(List.of(compile, buildAndRun));
    }

    private void run(List<Command> steps) throws IOException, InterruptedException {
        for (Command step : steps) {
            ScriptRun run = ScriptRun.of(script(step.lines()));
            assertThat(run.status()).as(run.output()).isZero();
            assertThat(step.output()).as(run.output()).allMatch(run.output()::contains);
        }
        assertThat(steps).anyMatch(step -> !step.output().isEmpty());
    }

    private Path script(String lines) throws IOException {
        String head = """
                #!/bin/sh
                set -eu
                if [ -n "${JAVA_HOME:-}" ]; then
                    PATH=$JAVA_HOME/bin:$PATH
                fi
                cd "$(dirname "$0")"
                """;
        Path script = Files.writeString(folder.resolve(SCRIPT), head + "OPVC='" + ROOT + "'\n" + lines);
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
        return script;
    }
}
