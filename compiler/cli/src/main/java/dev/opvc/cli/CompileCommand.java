// SPDX-License-Identifier: Apache-2.0
package dev.opvc.cli;

import dev.opvc.compiler.CompileResult;
import dev.opvc.compiler.Target;
import dev.opvc.compiler.diagnostic.Diagnostics;
import dev.opvc.compiler.emit.DependencyFile;
import dev.opvc.compiler.emit.OutputFile;
import dev.opvc.compiler.emit.OutputWriter;
import dev.opvc.compiler.emit.OutputWriter.Output;
import dev.opvc.compiler.source.ContentDigest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code opvc compile}: source for the targets that have an output folder. */
@Command(
        name = "compile",
        customSynopsis =
                "opvc compile [-I DIR]... [--java-out DIR] [--c-out DIR] [--depfile DEPS] [--overwrite] FILE...",
        description = {
            "Generate Java classes, C headers or both.",
            "Nothing is written unless everything compiles; a file whose content would not change is not touched."
        })
final class CompileCommand implements Callable<Integer> {
    private final Session session;
    private final OpvcCommand opvc;

    @Mixin
    private InputOptions input = new InputOptions();

    @Option(
            names = "--java-out",
            paramLabel = "DIR",
            converter = PathConverter.class,
            description = "Write Java source below this folder. It is created if it does not exist.")
    private @Nullable Path javaOut;

    @Option(
            names = "--c-out",
            paramLabel = "DIR",
            converter = PathConverter.class,
            description = "Write C headers below this folder. It is created if it does not exist.")
    private @Nullable Path cOut;

    @Option(
            names = "--depfile",
            paramLabel = "DEPS",
            converter = PathConverter.class,
            description = "Also write what the outputs depend on, imports included, for make, ninja and CMake.")
    private @Nullable Path depfile;

    @Option(
            names = "--overwrite",
            description =
                    "Also replace files that opvc did not write. Without it, one in an output's place is an error.")
    private boolean overwrite;

    @Parameters(
            paramLabel = "FILE",
            arity = "1..*",
            converter = PathConverter.class,
            description = "Files to compile. Their imports are read, but nothing is generated for them.")
    private List<Path> files = new ArrayList<>();

    CompileCommand(Session session, OpvcCommand opvc) {
        this.session = session;
        this.opvc = opvc;
    }

    @Override
    public Integer call() {
        if (javaOut == null && cOut == null) {
            throw new CallError("nothing to generate: give --java-out=DIR, --c-out=DIR or both");
        }
        Set<Target> targets = outputFolders().keySet();
        Optional<CompileResult.Success> success = session.compile(files, input, targets, opvc.diagnostics());
        return success.isPresent() && write(success.get()) ? ExitStatus.DONE : ExitStatus.INPUT;
    }

    private boolean write(CompileResult.Success success) {
        List<Output> outputs = new ArrayList<>();
        outputFolders().forEach((target, folder) -> outputs.add(output(success, target, folder)));
        if (depfile != null) {
            outputs.add(dependencies(depfile, success, outputs));
        }
        Diagnostics diagnostics = new Diagnostics();
        boolean written = OutputWriter.write(outputs, path -> overwrite || path.equals(depfile), diagnostics);
        session.print(diagnostics.sorted(), opvc.diagnostics());
        return written;
    }

    /** The depfile is written as the other outputs are: all of them or none. */
    private static Output dependencies(Path depfile, CompileResult.Success success, List<Output> outputs) {
        List<Path> inputs = success.inputs().entrySet().stream()
                .filter(input -> !input.getValue().equals(ContentDigest.ABSENT))
                .map(Map.Entry::getKey)
                .toList();
        Path name = depfile.getFileName();
        if (name == null || inputs.contains(depfile.toAbsolutePath().normalize())) {
            throw new CallError("--depfile names what is to be read, or no file: " + depfile);
        }
        List<Path> written = outputs.stream()
                .flatMap(output ->
                        output.files().stream().map(file -> output.folder().resolve(file.path())))
                .toList();
        return new Output(
                depfile.resolveSibling(""),
                List.of(new OutputFile(name.toString(), DependencyFile.render(written, inputs))));
    }

    private Map<Target, Path> outputFolders() {
        Map<Target, Path> folders = new EnumMap<>(Target.class);
        if (javaOut != null) {
            folders.put(Target.JAVA, javaOut);
        }
        if (cOut != null) {
            folders.put(Target.C, cOut);
        }
        return folders;
    }

    private static Output output(CompileResult.Success success, Target target, Path folder) {
        return new Output(folder, success.outputs().getOrDefault(target, List.of()));
    }
}
