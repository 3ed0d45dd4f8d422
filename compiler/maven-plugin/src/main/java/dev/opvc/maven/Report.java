// SPDX-License-Identifier: Apache-2.0
package dev.opvc.maven;

import dev.opvc.compiler.diagnostic.Diagnostic;
import dev.opvc.compiler.diagnostic.DiagnosticCode;
import dev.opvc.compiler.diagnostic.Severity;
import dev.opvc.compiler.diagnostic.TextRenderer;
import dev.opvc.compiler.incremental.BuildResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugin.logging.Log;

/** Tells the user what the compiler says, in the words of the command line, and how it ended, in those of Maven. */
final class Report {
    private final Log log;
    private final List<Diagnostic> diagnostics = new ArrayList<>();

    Report(Log log) {
        this.log = log;
    }

    /** Logs diagnostics, each as one message: builds of other modules may be writing at the same time. */
    void add(List<Diagnostic> more) {
        for (Diagnostic diagnostic : more) {
            String text = TextRenderer.render(List.of(diagnostic)).stripTrailing();
            if (diagnostic.severity() == Severity.ERROR) {
                log.error(text);
            } else {
                log.warn(text);
            }
        }
        diagnostics.addAll(more);
    }

    void notAFolder(Path folder) {
        add(List.of(Diagnostic.of(
                folder.toString(),
                DiagnosticCode.IMPORT_FOLDER,
                Files.exists(folder)
                        ? "named by importFolders, it is no folder"
                        : "named by importFolders, the folder does not exist")));
    }

    /** Whether there were warnings, or worse, so far. */
    boolean warned() {
        return !diagnostics.isEmpty();
    }

    /** Tells how a build ended. Wrong sources are the user's failure; a place that cannot be written is not. */
    void end(BuildResult result, int files) throws MojoExecutionException, MojoFailureException {
        add(result.diagnostics());
        switch (result.status()) {
            case UP_TO_DATE -> log.info("OPV sources: nothing to compile, " + files + " up to date");
            case BUILT -> log.info("OPV sources: compiled " + files);
            case REJECTED -> throw rejected();
            case UNWRITABLE -> throw unwritable();
        }
    }

    /** What is thrown for sources that are wrong, or for warnings where those count as errors. */
    MojoFailureException rejected() {
        return new MojoFailureException(
                has(Severity.ERROR)
                        ? "OPV sources are wrong: " + first(Severity.ERROR)
                        : "OPV sources have warnings, and failOnWarning is set: " + first(Severity.WARNING));
    }

    /** Two sources that claim one output are wrong themselves; otherwise the sources have no part in it. */
    private MojoExecutionException unwritable() throws MojoFailureException {
        if (diagnostics.stream().anyMatch(each -> each.code() == DiagnosticCode.OUTPUT_COLLISION)) {
            throw rejected();
        }
        return new MojoExecutionException("opvc cannot write its output: " + first(Severity.ERROR));
    }

    private boolean has(Severity severity) {
        return diagnostics.stream().anyMatch(each -> each.severity() == severity);
    }

    /** Repeats the first line of the first one: in a build of many modules it may have scrolled away. */
    private String first(Severity severity) {
        return diagnostics.stream()
                .filter(each -> each.severity() == severity)
                .findFirst()
                .map(each ->
                        TextRenderer.render(List.of(each)).lines().findFirst().orElse(""))
                .orElse("");
    }
}
