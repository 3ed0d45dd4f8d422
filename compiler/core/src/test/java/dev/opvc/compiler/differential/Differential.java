// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.differential;

import dev.opvc.compiler.CompileRequest;
import dev.opvc.compiler.CompileResult;
import dev.opvc.compiler.Compiler;
import dev.opvc.compiler.Target;
import dev.opvc.compiler.emit.OutputFile;
import dev.opvc.compiler.model.Program;
import dev.opvc.compiler.model.StructType;
import dev.opvc.runtime.Cpus;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Runs the units of one file in every form, on many inputs. */
final class Differential {
    private final Path folder;
    private final Frontend frontend;
    private final int casesPerProgram;
    private final boolean withC;
    private final Map<String, Integer> endings = new TreeMap<>();

    private int optimistic;

    Differential(Path folder, Frontend frontend, int casesPerProgram, boolean withC) {
        this.folder = folder;
        this.frontend = frontend;
        this.casesPerProgram = casesPerProgram;
        this.withC = withC;
    }

    /** Runs all units of a file; returns what was found wrong, if anything was. */
    List<String> run(Path file, long seed) throws Exception {
        Program program = frontend.program(file);
        Map<Target, List<OutputFile>> outputs = outputs(file);
        List<Instance> instances = instances(program);
        int cpu = Cpus.current();
        try (Arena arena = Arena.of(program.structs());
                URLClassLoader classes = JavaClasses.load(folder, outputs.getOrDefault(Target.JAVA, List.of()));
                JavaForms java = new JavaForms(program, classes, instances, arena)) {
            List<Form> forms = new ArrayList<>(java.forms());
            if (withC) {
                List<OutputFile> headers = outputs.getOrDefault(Target.C, List.of());
                headers.forEach(
                        header -> optimistic += header.content().split("int \\w+_optimistic\\(", -1).length - 1);
                Path library = CLibrary.compile(folder, headers, CSource.of(program));
                forms.addAll(new CForms(program, library, instances, arena).forms());
            }
            List<String> reports = new ArrayList<>();
            List<Unit> units = Unit.of(program);
            for (int i = 0; i < units.size(); i++) {
                Unit unit = units.get(i);
                // Wild code may end the process: then this says in which transaction.
                Files.writeString(folder.resolve("running.txt"), unit.name());
                Cases cases = new Cases(units, instances, arena, cpu, Files.readString(file));
                unit(unit, seed + i, cases, forms, reports);
            }
            return reports;
        }
    }

    private static Map<Target, List<OutputFile>> outputs(Path file) {
        CompileResult result = Compiler.compile(new CompileRequest(List.of(file), List.of()));
        if (result instanceof CompileResult.Success success) {
            return success.outputs();
        }
        throw new AssertionError(result.diagnostics().toString());
    }

    private static List<Instance> instances(Program program) {
        List<Instance> instances = new ArrayList<>();
        for (StructType struct : CSource.slotted(program)) {
            for (int i = 0; i < Instance.PER_STRUCT; i++) {
                instances.add(new Instance(struct, i));
            }
        }
        return instances;
    }

    /** What the cases of a file's units are made of. */
    private record Cases(List<Unit> units, List<Instance> instances, Arena arena, int cpu, String source) {
        Inputs inputs(Unit unit, long seed) {
            return new InputGenerator(seed, arena).inputs(unit, units, instances, cpu);
        }
    }

    private void unit(Unit unit, long seed, Cases cases, List<Form> forms, List<String> reports) {
        for (int i = 0; i < casesPerProgram; i++) {
            Inputs all = cases.inputs(unit, new Choices(seed + i * 0x9E3779B97F4A7C15L).bits());
            Prediction prediction;
            try {
                prediction = Prediction.of(all, cases.arena().start());
            } catch (Skipped e) {
                endings.merge("skipped: " + e.reason(), 1, Integer::sum);
                continue;
            }
            Inputs inputs = all.first(prediction.calls().size());
            prediction.calls().forEach(call -> endings.merge(describe(call.ending()), 1, Integer::sum));
            Report report = new Report(inputs, prediction);
            forms.forEach(form -> report.add(form, form.observe(inputs)));
            if (report.isDifference()) {
                reports.add(report.text(cases.source(), cases.arena()));
                return;
            }
        }
    }

    private static String describe(Ending ending) {
        boolean other = ending.kind() == Ending.Kind.OUTCOME && !ending.isCommit();
        return other ? "another outcome" : ending.toString();
    }

    /** Of how many transactions C could have a form that holds nothing. */
    int optimistic() {
        return optimistic;
    }

    /** How the cases ended, and how many were skipped. */
    String summary() {
        int all = endings.values().stream().mapToInt(Integer::intValue).sum();
        StringBuilder text = new StringBuilder(String.format("%d calls%n", all));
        text.append(String.format("  %d transactions had an optimistic form in C%n", optimistic));
        endings.forEach((ending, count) -> text.append(String.format("  %4.1f %% %s%n", 100.0 * count / all, ending)));
        return text.toString();
    }
}
