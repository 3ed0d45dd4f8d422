// SPDX-License-Identifier: Apache-2.0
package dev.opvc.cli;

import dev.opvc.compiler.CompileRequest;
import dev.opvc.compiler.CompileResult;
import dev.opvc.compiler.Target;
import dev.opvc.compiler.diagnostic.Diagnostic;
import dev.opvc.compiler.diagnostic.DiagnosticCode;
import dev.opvc.compiler.diagnostic.Severity;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** What the commands share: the compiler, where to print, and what was told. One for a run of the program. */
final class Session {
    /** Codes that the last line of a run names. */
    private static final int NAMED_MAX = 5;

    private final Function<CompileRequest, CompileResult> compiler;
    private final PrintStream out;
    private final PrintStream err;
    private final Set<DiagnosticCode> told = EnumSet.noneOf(DiagnosticCode.class);

    Session(Function<CompileRequest, CompileResult> compiler, PrintStream out, PrintStream err) {
        this.compiler = compiler;
        this.out = out;
        this.err = err;
    }

    PrintStream out() {
        return out;
    }

    PrintStream err() {
        return err;
    }

    /** Compiles for some targets and prints the diagnostics. Empty if the input is wrong. */
    Optional<CompileResult.Success> compile(
            List<Path> files, InputOptions input, Set<Target> targets, DiagnosticsFormat format) {
        return run(new CompileRequest(distinct(files), importFolders(input, format), targets), format);
    }

    /** Prints the diagnostics for all targets. Empty if the input is wrong. */
    Optional<CompileResult.Success> check(List<Path> files, InputOptions input, DiagnosticsFormat format) {
        return run(
                new CompileRequest(distinct(files), importFolders(input, format), EnumSet.allOf(Target.class), true),
                format);
    }

    private List<Path> importFolders(InputOptions input, DiagnosticsFormat format) {
        List<Path> folders = new ArrayList<>();
        for (Path folder : input.importFolders()) {
            if (Files.isDirectory(folder)) {
                folders.add(folder);
            } else {
                print(List.of(notAFolder(folder)), format);
            }
        }
        return folders;
    }

    private Optional<CompileResult.Success> run(CompileRequest request, DiagnosticsFormat format) {
        CompileResult result = compiler.apply(request);
        print(result.diagnostics(), format);
        if (result instanceof CompileResult.Success success) {
            return Optional.of(success);
        }
        if (result.diagnostics().stream().noneMatch(each -> each.severity() == Severity.ERROR)) {
            throw new IllegalStateException("the compilation failed without an error");
        }
        return Optional.empty();
    }

    void print(List<Diagnostic> diagnostics, DiagnosticsFormat format) {
        err.print(format.render(diagnostics));
        if (format == DiagnosticsFormat.TEXT) {
            diagnostics.forEach(diagnostic -> told.add(diagnostic.code()));
        }
    }

    /** The last line of a run that had something to say to a person: how to ask what it means. */
    void printHowToAsk() {
        List<String> commands = told.stream()
                .limit(NAMED_MAX)
                .map(code -> "`opvc explain " + code.text() + "`")
                .toList();
        if (!commands.isEmpty()) {
            err.println("For an example and its mend: " + String.join(", ", commands)
                    + (told.size() > NAMED_MAX ? ", ..." : ""));
        }
    }

    private static Diagnostic notAFolder(Path folder) {
        return Diagnostic.of(
                folder.toString(),
                DiagnosticCode.IMPORT_FOLDER,
                Files.exists(folder) ? "named by -I, it is no folder" : "named by -I, the folder does not exist");
    }

    /** A file that is named twice, in whatever way, counts once, under its first name. */
    static List<Path> distinct(List<Path> files) {
        List<Path> distinct = new ArrayList<>();
        Set<Path> seen = new HashSet<>();
        for (Path file : files) {
            if (seen.add(identity(file))) {
                distinct.add(file);
            }
        }
        return distinct;
    }

    private static Path identity(Path file) {
        try {
            return file.toRealPath();
        } catch (IOException e) {
            return file.toAbsolutePath().normalize();
        }
    }
}
