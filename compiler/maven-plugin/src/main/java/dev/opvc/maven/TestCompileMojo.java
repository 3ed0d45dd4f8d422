// SPDX-License-Identifier: Apache-2.0
package dev.opvc.maven;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.plugins.annotations.ResolutionScope;
import org.jspecify.annotations.Nullable;

/** Compiles the OPV sources of the tests into Java source, which is added to the tests that Maven compiles. */
@Mojo(
        name = "test-compile",
        defaultPhase = LifecyclePhase.GENERATE_TEST_SOURCES,
        requiresDependencyResolution = ResolutionScope.TEST,
        threadSafe = true)
@SuppressWarnings("NullAway.Init")
public final class TestCompileMojo extends GenerateMojo {
    /** Where the tests' sources are. Imports are looked for here too. The folder need not exist. */
    @Parameter(property = "opvc.testSourceDirectory", defaultValue = "${project.basedir}/src/test/opv", required = true)
    private File testSourceDirectory;

    /** Where the sources of the project proper are, for imports. */
    @Parameter(property = "opvc.sourceDirectory", defaultValue = "${project.basedir}/src/main/opv", required = true)
    private File sourceDirectory;

    /** Patterns of the sources below the tests' source folder to compile, by default every <code>.opv</code> file. */
    @Parameter(property = "opvc.testIncludes")
    private List<String> testIncludes = new ArrayList<>();

    /** Patterns of the sources to leave out; they may be imported all the same. */
    @Parameter(property = "opvc.testExcludes")
    private List<String> testExcludes = new ArrayList<>();

    /** Where Java source is written. The folder is added to the tests that Maven compiles. */
    @Parameter(
            property = "opvc.testOutputDirectory",
            defaultValue = "${project.build.directory}/generated-test-sources/opv",
            required = true)
    private File testOutputDirectory;

    /** Where C headers are written. Without it there are none. */
    @Parameter(property = "opvc.testHeaderDirectory")
    private @Nullable File testHeaderDirectory;

    /** Skips this goal, as it skips the compilation of tests. */
    @Parameter(property = "maven.test.skip", defaultValue = "false")
    private boolean skipTests;

    @Override
    boolean skipped() {
        return skipTests || super.skipped();
    }

    @Override
    SourceFiles sources() {
        return new SourceFiles(testSourceDirectory.toPath(), testIncludes, testExcludes);
    }

    @Override
    List<Path> sourceFolders() {
        return List.of(testSourceDirectory.toPath(), sourceDirectory.toPath());
    }

    @Override
    File javaFolder() {
        return testOutputDirectory;
    }

    @Override
    @Nullable
    File headerFolder() {
        return testHeaderDirectory;
    }

    @Override
    void addToProject() {
        project().addTestCompileSourceRoot(testOutputDirectory.getPath());
    }
}
