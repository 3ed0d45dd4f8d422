// SPDX-License-Identifier: Apache-2.0
package dev.opvc.maven;

import dev.opvc.compiler.CompileRequest;
import dev.opvc.compiler.Target;
import dev.opvc.compiler.incremental.BuildRequest;
import dev.opvc.compiler.incremental.BuildResult;
import dev.opvc.compiler.incremental.IncrementalBuild;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/** A goal that generates source. */
@SuppressWarnings("NullAway.Init")
abstract class GenerateMojo extends OpvcMojo {
    /** Below the build folder: what the last builds were made from, one file for each execution. */
    private static final String RECORDS = "opvc";

    /** This execution: what it makes is told apart from what others make. */
    @Parameter(defaultValue = "${mojoExecution}", readonly = true, required = true)
    private MojoExecution execution;

    /**
     * Whether a file in the place of a generated one is replaced, too, that opvc did not write. Without it, such a file
     * fails the build.
     */
    @Parameter(property = "opvc.overwrite", defaultValue = "false")
    private boolean overwrite;

    /** Where Maven builds. */
    @Parameter(defaultValue = "${project.build.directory}", readonly = true, required = true)
    private File buildDirectory;

    abstract SourceFiles sources();

    /** The folders of the project where imports are looked for, that of the sources first. */
    abstract List<Path> sourceFolders();

    abstract File javaFolder();

    /** Where C headers are written; null if none are wanted. */
    abstract @Nullable File headerFolder();

    /** Tells Maven what is there to be compiled now. */
    abstract void addToProject();

    @Override
    void run(Report report) throws IOException, MojoExecutionException, MojoFailureException {
        try (DependencyImports dependencies = DependencyImports.open(project().getArtifacts())) {
            List<Path> files = sources().scan();
            CompileRequest compile = request(
                    files, sourceFolders(), dependencies, outputFolders().keySet(), report);
            if (report.warned() && failOnWarning()) {
                throw report.rejected();
            }
            BuildResult result = IncrementalBuild.run(new BuildRequest(
                    project().getBasedir().toPath(), record(), compile, outputFolders(), failOnWarning(), overwrite));
            report.end(result, files.size());
        }
        addToProject();
    }

    private Path record() {
        return buildDirectory
                .toPath()
                .resolve(RECORDS)
                .resolve(execution.getGoal() + "-" + execution.getExecutionId() + ".record");
    }

    private Map<Target, Path> outputFolders() {
        Map<Target, Path> folders = new EnumMap<>(Target.class);
        folders.put(Target.JAVA, javaFolder().toPath());
        File headers = headerFolder();
        if (headers != null) {
            folders.put(Target.C, headers.toPath());
        }
        return folders;
    }
}
