// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler;

import dev.opvc.compiler.check.Checker;
import dev.opvc.compiler.diagnostic.Diagnostics;
import dev.opvc.compiler.emit.Emitter;
import dev.opvc.compiler.emit.OutputFile;
import dev.opvc.compiler.emit.OutputPlaces;
import dev.opvc.compiler.lower.Lowering;
import dev.opvc.compiler.model.Program;
import dev.opvc.compiler.module.Module;
import dev.opvc.compiler.module.ModuleLoader;
import dev.opvc.compiler.vector.VectorProgram;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The compiler. It keeps no state and may be used by several threads. */
public final class Compiler {
    private Compiler() {}

    /**
     * Compiles files and writes nothing. Whatever is wrong with them is in the result; an exception
     * means a bug in the compiler.
     */
    public static CompileResult compile(CompileRequest request) {
        Diagnostics diagnostics = new Diagnostics();
        ModuleLoader loader = new ModuleLoader(request.importFolders(), diagnostics);
        List<VectorProgram> programs = lower(request.files(), loader, diagnostics);
        check(programs, request.targets(), diagnostics);
        boolean emits = !request.checkOnly() && !diagnostics.hasErrors();
        Map<Target, List<OutputFile>> outputs = emits ? emit(programs, request.targets(), diagnostics) : Map.of();
        return diagnostics.hasErrors()
                ? new CompileResult.Failure(diagnostics.sorted())
                : new CompileResult.Success(programs, outputs, diagnostics.sorted(), loader.inputs());
    }

    private static List<VectorProgram> lower(List<Path> files, ModuleLoader loader, Diagnostics diagnostics) {
        Checker checker = new Checker(diagnostics);
        List<VectorProgram> programs = new ArrayList<>();
        for (Path file : new LinkedHashSet<>(files)) {
            Optional<Module> module = loader.load(file);
            if (module.isPresent()) {
                Program program = checker.check(module.get());
                programs.add(Lowering.lower(program, diagnostics));
            }
        }
        return programs;
    }

    private static void check(List<VectorProgram> programs, Set<Target> targets, Diagnostics diagnostics) {
        for (Target target : new TreeSet<>(targets)) {
            target.emitter().check(programs, diagnostics);
        }
    }

    private static Map<Target, List<OutputFile>> emit(
            List<VectorProgram> programs, Set<Target> targets, Diagnostics diagnostics) {
        Map<Target, List<OutputFile>> outputs = new EnumMap<>(Target.class);
        for (Target target : new TreeSet<>(targets)) {
            Emitter emitter = target.emitter();
            List<OutputFile> files = new ArrayList<>();
            OutputPlaces places = new OutputPlaces(diagnostics);
            for (VectorProgram program : programs) {
                List<OutputFile> ofProgram = emitter.emit(program);
                places.add(ofProgram, program.file());
                files.addAll(ofProgram);
            }
            outputs.put(target, files);
        }
        return outputs;
    }
}
