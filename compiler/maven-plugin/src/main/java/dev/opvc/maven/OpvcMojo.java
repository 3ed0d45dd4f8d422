// SPDX-License-Identifier: Apache-2.0
package dev.opvc.maven;

import dev.opvc.compiler.CompileRequest;
import dev.opvc.compiler.Target;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.project.MavenProject;

/** What the goals share: where imports are looked for, and how an end is told. Maven sets the fields. */
@SuppressWarnings("NullAway.Init")
abstract class OpvcMojo extends AbstractMojo {
    /** The project that is built. */
    @Parameter(defaultValue = "${project}", readonly = true, required = true)
    private MavenProject project;

    /**
     * Folders where an import is looked for that is not beside the file that names it, in order. The source folders are
     * tried before them, and <code>META-INF/opv</code> of each dependency behind them. A folder that does not exist
     * gets a warning.
     */
    @Parameter(property = "opvc.importFolders")
    private List<File> importFolders = new ArrayList<>();

    /** Whether a warning fails the build. */
    @Parameter(property = "opvc.failOnWarning", defaultValue = "false")
    private boolean failOnWarning;

    /** Skips the goal: nothing is read or written, and no source root is added. */
    @Parameter(property = "opvc.skip", defaultValue = "false")
    private boolean skip;

    MavenProject project() {
        return project;
    }

    boolean failOnWarning() {
        return failOnWarning;
    }

    /** Whether the goal is told to do nothing. */
    boolean skipped() {
        return skip;
    }

    @Override
    public final void execute() throws MojoExecutionException, MojoFailureException {
        if (skipped()) {
            getLog().info("opvc is skipped");
            return;
        }
        try {
            run(new Report(getLog()));
        } catch (IOException e) {
            throw new MojoExecutionException("opvc cannot read or write a file: " + e, e);
        } catch (OutOfMemoryError e) {
            throw new MojoExecutionException(
                    "out of memory: the sources need more than Maven may use; allow more with MAVEN_OPTS=-Xmx2g", e);
        } catch (RuntimeException | StackOverflowError e) {
            throw new MojoExecutionException(
                    "internal error: " + e + "\nThis is a bug in opvc, not in your files. Please report it with the"
                            + " output of mvn -e and, if it may be shown, the source.",
                    e);
        }
    }

    abstract void run(Report report) throws IOException, MojoExecutionException, MojoFailureException;

    /** The source folders that exist no more, or not yet, are not an error; import folders that were named are noted. */
    CompileRequest request(
            List<Path> files,
            List<Path> sourceFolders,
            DependencyImports dependencies,
            Set<Target> targets,
            Report report) {
        Set<Path> folders = new LinkedHashSet<>(sourceFolders);
        for (File folder : importFolders) {
            Path path = folder.toPath();
            if (Files.isDirectory(path)) {
                folders.add(path);
            } else {
                report.notAFolder(path);
            }
        }
        folders.addAll(dependencies.folders());
        return new CompileRequest(files, List.copyOf(folders), targets);
    }
}
