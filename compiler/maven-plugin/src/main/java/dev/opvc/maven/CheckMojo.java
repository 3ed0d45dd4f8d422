// SPDX-License-Identifier: Apache-2.0
package dev.opvc.maven;

import dev.opvc.compiler.CompileRequest;
import dev.opvc.compiler.CompileResult;
import dev.opvc.compiler.Compiler;
import dev.opvc.compiler.Target;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.plugins.annotations.ResolutionScope;

/** Reports what is wrong with the OPV sources of the project and of its tests, and writes nothing. */
@Mojo(
        name = "check",
        defaultPhase = LifecyclePhase.VERIFY,
        requiresDependencyResolution = ResolutionScope.TEST,
        threadSafe = true)
@SuppressWarnings("NullAway.Init")
public final class CheckMojo extends OpvcMojo {
    /** Where the sources of the project are. The folder need not exist. */
    @Parameter(property = "opvc.sourceDirectory", defaultValue = "${project.basedir}/src/main/opv", required = true)
    private File sourceDirectory;

    /** Where the tests' sources are. The folder need not exist. */
    @Parameter(property = "opvc.testSourceDirectory", defaultValue = "${project.basedir}/src/test/opv", required = true)
    private File testSourceDirectory;

    /** Patterns of the sources below either folder to check, by default every <code>.opv</code> file. */
    @Parameter(property = "opvc.includes")
    private List<String> includes = new ArrayList<>();

    /** Patterns of the sources to leave out. */
    @Parameter(property = "opvc.excludes")
    private List<String> excludes = new ArrayList<>();

    @Override
    void run(Report report) throws IOException, MojoExecutionException, MojoFailureException {
        Path main = sourceDirectory.toPath();
        Path test = testSourceDirectory.toPath();
        List<Path> files = new ArrayList<>(new SourceFiles(main, includes, excludes).scan());
        files.addAll(new SourceFiles(test, includes, excludes).scan());
        try (DependencyImports dependencies = DependencyImports.open(project().getArtifacts())) {
            CompileRequest request =
                    request(files, List.of(main, test), dependencies, EnumSet.allOf(Target.class), report);
            CompileResult result = Compiler.compile(request);
            report.add(result.diagnostics());
            if (result instanceof CompileResult.Failure || (report.warned() && failOnWarning())) {
                throw report.rejected();
            }
        }
    }
}
