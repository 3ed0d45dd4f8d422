// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.c;

import static org.assertj.core.api.Assertions.assertThat;

import dev.opvc.compiler.check.Checker;
import dev.opvc.compiler.diagnostic.Diagnostic;
import dev.opvc.compiler.diagnostic.Diagnostics;
import dev.opvc.compiler.diagnostic.Severity;
import dev.opvc.compiler.emit.OutputFile;
import dev.opvc.compiler.lower.Lowering;
import dev.opvc.compiler.module.Module;
import dev.opvc.compiler.module.ModuleLoader;
import dev.opvc.compiler.vector.VectorProgram;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/** Makes headers from OPV source in a folder. */
final class Headers {
    private final Path folder;

    Headers(Path folder) {
        this.folder = folder;
    }

    /** Compiles a source, writes its header beside it, and returns the header. */
    String emit(String file, String source) throws IOException {
        Diagnostics diagnostics = new Diagnostics();
        VectorProgram program = lower(file, source);
        new CEmitter().check(List.of(program), diagnostics);
        assertThat(diagnostics.sorted()).isEmpty();
        List<OutputFile> outputs = new CEmitter().emit(program);
        assertThat(outputs).hasSize(1);
        Files.writeString(folder.resolve(outputs.get(0).path()), outputs.get(0).content());
        return outputs.get(0).content();
    }

    /** What the emitter has to say about a source in which the phases before it find nothing. */
    List<Diagnostic> rejected(String file, String source) throws IOException {
        Diagnostics diagnostics = new Diagnostics();
        new CEmitter().check(List.of(lower(file, source)), diagnostics);
        return diagnostics.sorted();
    }

    /** Emits sources that are resources, and copies programs. */
    void copy(String... resources) throws IOException {
        for (String resource : resources) {
            String text = resource(resource);
            if (resource.endsWith(".opv")) {
                emit(resource, text);
            } else {
                Files.writeString(folder.resolve(resource), text);
            }
        }
    }

    static String resource(String name) throws IOException {
        try (InputStream in = Headers.class.getResourceAsStream("/emit/c/" + name)) {
            return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** The phases up to the emitter, so that another target's rules play no part. */
    private VectorProgram lower(String file, String source) throws IOException {
        Path path = Files.writeString(folder.resolve(file), source);
        Diagnostics diagnostics = new Diagnostics();
        Module module =
                new ModuleLoader(List.of(folder), diagnostics).load(path).orElseThrow();
        VectorProgram program = Lowering.lower(new Checker(diagnostics).check(module), diagnostics);
        assertThat(diagnostics.sorted()).allMatch(diagnostic -> diagnostic.severity() == Severity.WARNING);
        return program;
    }
}
