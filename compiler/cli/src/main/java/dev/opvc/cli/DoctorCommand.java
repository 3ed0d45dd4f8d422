// SPDX-License-Identifier: Apache-2.0
package dev.opvc.cli;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code opvc doctor}: what this machine offers the runtime.
 *
 * <p>The runtime's own doctor tells, in a JVM of its own: what is asked about is the JVM of programs, and this one has
 * options that suit a compiler. It also keeps the compiler free of what the runtime needs to reach the machine.
 */
@Command(
        name = "doctor",
        customSynopsis = "opvc doctor [--json] [--need NAME]...",
        description = {
            "Tell what this machine and JVM offer: CPUs, rseq, membarrier, engine, bytes of a slot, options that are missing.",
            "With the options of a program: java OPTION... -cp CLASSPATH dev.opvc.runtime.Doctor. For C: opv-doctor."
        })
final class DoctorCommand implements Callable<Integer> {
    private final Session session;

    @Option(names = "--json", description = "Print one JSON object instead of lines.")
    private boolean json;

    @Option(
            names = "--need",
            paramLabel = "NAME",
            description =
                    "Exit with 1 if this is not there: rseq, membarrier or nativeAccess. May be given more than once.")
    private List<String> needs = new ArrayList<>();

    @Mixin
    @SuppressWarnings("UnusedVariable")
    private HelpOption help = new HelpOption();

    DoctorCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Path runtime = Path.of(Installation.runtime());
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                runtime + File.pathSeparator + runtime.resolveSibling("lib").resolve("*"),
                "dev.opvc.runtime.Doctor"));
        if (json) {
            command.add("--json");
        }
        for (String need : needs) {
            command.addAll(List.of("--need", need));
        }
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        process.getOutputStream().close();
        session.out().print(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        return process.waitFor();
    }
}
