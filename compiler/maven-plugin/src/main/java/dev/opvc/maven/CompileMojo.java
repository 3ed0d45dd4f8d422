// SPDX-License-Identifier: Apache-2.0
package dev.opvc.maven;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.maven.model.Resource;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.plugins.annotations.ResolutionScope;
import org.jspecify.annotations.Nullable;

/** Compiles the OPV sources of the project into Java source, which is added to what Maven compiles. */
@Mojo(
        name = "compile",
        defaultPhase = LifecyclePhase.GENERATE_SOURCES,
        requiresDependencyResolution = ResolutionScope.COMPILE,
        threadSafe = true)
@SuppressWarnings("NullAway.Init")
public final class CompileMojo extends GenerateMojo {
    /** Where the sources are. Imports are looked for here too. The folder need not exist. */
    @Parameter(property = "opvc.sourceDirectory", defaultValue = "${project.basedir}/src/main/opv", required = true)
    private File sourceDirectory;

    /** Patterns of the sources below the source folder to compile, by default every <code>.opv</code> file. */
    @Parameter(property = "opvc.includes")
    private List<String> includes = new ArrayList<>();

    /** Patterns of the sources to leave out; they may be imported all the same. */
    @Parameter(property = "opvc.excludes")
    private List<String> excludes = new ArrayList<>();

    /** Where Java source is written. The folder is added to what Maven compiles. */
    @Parameter(
            property = "opvc.outputDirectory",
            defaultValue = "${project.build.directory}/generated-sources/opv",
            required = true)
    private File outputDirectory;

    /** Where C headers are written. Without it there are none. */
    @Parameter(property = "opvc.headerDirectory")
    private @Nullable File headerDirectory;

    /**
     * Whether the artifact carries the sources, below <code>META-INF/opv</code>, so that projects which depend on it may
     * import them.
     */
    @Parameter(property = "opvc.embedSources", defaultValue = "false")
    private boolean embedSources;

    @Override
    SourceFiles sources() {
        return new SourceFiles(sourceDirectory.toPath(), includes, excludes);
    }

    @Override
    List<Path> sourceFolders() {
        return List.of(sourceDirectory.toPath());
    }

    @Override
    File javaFolder() {
        return outputDirectory;
    }

    @Override
    @Nullable
    File headerFolder() {
        return headerDirectory;
    }

    @Override
    void addToProject() {
        project().addCompileSourceRoot(outputDirectory.getPath());
        if (embedSources && sourceDirectory.isDirectory()) {
            project().addResource(embedded());
        }
    }

    private Resource embedded() {
        Resource resource = new Resource();
        resource.setDirectory(sourceDirectory.getPath());
        resource.setTargetPath(DependencyImports.FOLDER);
        resource.addInclude(SourceFiles.ALL);
        return resource;
    }
}
