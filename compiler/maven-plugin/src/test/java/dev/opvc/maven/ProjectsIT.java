// SPDX-License-Identifier: Apache-2.0
package dev.opvc.maven;

import static org.assertj.core.api.Assertions.assertThat;

import dev.opvc.cli.Main;
import dev.opvc.maven.UserProject.Run;
import dev.opvc.maven.UserProject.Snapshot;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Projects of other shapes: the smallest one, several modules, imports from dependencies, tests, C headers. */
class ProjectsIT {
    private static final int NEWEST_JDK = 25;
    private static final Pattern XML_BLOCK = Pattern.compile("(?s)```xml\n(.*?)```");

    /** About the lines that a user must add; the README promises no more. */
    private static final int ADDED_LINES = 15;

    @Test
    void minimalProjectRunsATestOfTheGeneratedClass() throws Exception {
        assertMinimalProject("minimal", Path.of(System.getProperty("java.home")));
    }

    @Test
    void minimalProjectRunsOnJdk25() throws Exception {
        onNewestJdk(jdk -> assertMinimalProject("jdk25", jdk));
    }

    private interface TestOnJdk {
        void run(Path jdk) throws Exception;
    }

    private static void onNewestJdk(TestOnJdk test) throws Exception {
        Optional<Path> jdk = Jdks.find(NEWEST_JDK);
        if (jdk.isPresent()) {
            test.run(jdk.get());
        } else {
            System.out.println("left out: there is no JDK " + NEWEST_JDK + "; JAVA_HOME_25 may name one");
        }
    }

    private static void assertOneTestPassed(UserProject project, String test) {
        assertThat(project.path("target/surefire-reports/TEST-" + test + ".xml"))
                .content()
                .containsPattern("tests=\"1\"")
                .containsPattern("failures=\"0\"")
                .containsPattern("errors=\"0\"");
    }

    private static void assertMinimalProject(String test, Path jdk) throws Exception {
        UserProject project = UserProject.copy("minimal", test);
        successful(project.maven(jdk, "test"));
        assertThat(project.path("target/generated-sources/opv/com/acme/metrics/Latency.java"))
                .isRegularFile();
        assertOneTestPassed(project, "com.acme.metrics.LatencyTest");
        Snapshot generated = project.snapshot("target/generated-sources/opv");
        Snapshot classes = project.snapshot("target/classes");
        successful(project.maven(jdk, "test"));
        assertThat(project.snapshot("target/generated-sources/opv")).isEqualTo(generated);
        assertThat(project.snapshot("target/classes")).isEqualTo(classes);
    }

    @Test
    void moduleWithGeneratedClassesRequiresTheRuntime() throws Exception {
        assertModularProject("jpms", Path.of(System.getProperty("java.home")));
    }

    @Test
    void moduleRunsOnJdk25() throws Exception {
        onNewestJdk(jdk -> assertModularProject("jpms25", jdk));
    }

    private static void assertModularProject(String test, Path jdk) throws Exception {
        UserProject project = UserProject.copy("jpms", test);
        successful(project.maven(jdk, "test"));
        assertOneTestPassed(project, "com.acme.modular.HitsTest");
    }

    /** What {@code opvc init} writes is built and run by the command that it prints. */
    @Test
    void initialisedProjectRuns() throws Exception {
        Path folder = Path.of(UserProject.property("it.work")).resolve("init");
        UserProject.deleteTree(folder);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        String[] call = {"init", folder.toString()};
        assertThat(Main.run(call, new PrintStream(out, true, StandardCharsets.UTF_8), System.err))
                .isZero();
        assertThat(out.toString(StandardCharsets.UTF_8))
                .endsWith("run it: mvn -q -f '" + folder + "' compile exec:exec\n");
        Files.createDirectories(folder.resolve(".mvn"));
        Run run = new UserProject(folder).maven("-q", "compile", "exec:exec");
        successful(run);
        assertThat(run.text()).contains("1000 requests, 1500000 bytes");
    }

    /** The README shows what to add. It is all that the minimal project knows of opvc. */
    @Test
    void minimalPomIsTheOneInTheReadme() throws Exception {
        String readme = Files.readString(Path.of(UserProject.property("it.readme")));
        String pom = UserProject.withVersions(
                Files.readString(Path.of(UserProject.property("it.projects"), "minimal", "pom.xml")));
        String section = readme.substring(readme.indexOf("## Maven"));
        Matcher blocks = XML_BLOCK.matcher(section);
        int lines = 0;
        String rest = pom;
        for (int block = 0; block < 2; block++) {
            assertThat(blocks.find()).isTrue();
            String added = blocks.group(1).strip();
            lines += (int) added.lines().count();
            assertThat(withoutIndent(rest)).contains(withoutIndent(added));
            rest = withoutIndent(rest).replace(withoutIndent(added), "");
        }
        assertThat(lines).isEqualTo(ADDED_LINES);
        assertThat(rest).doesNotContain("opvc");
    }

    private static String withoutIndent(String text) {
        return text.replaceAll("(?m)^[ \t]+", "");
    }

    @Test
    void modulesAreBuiltInParallel() throws Exception {
        UserProject project = UserProject.copy("modules", "modules");
        successful(project.maven("compile", "-T", "2"));
        for (String output : List.of(
                "model/target/generated-sources/opv/com/acme/model/Node.java",
                "app/target/generated-sources/opv/com/acme/app/NodeList.java",
                "other/target/generated-sources/opv/com/acme/other/Other.java",
                "app/target/classes/com/acme/app/Front.class",
                "model/target/classes/META-INF/opv/model.opv")) {
            assertThat(project.path(output)).isRegularFile();
        }
        Snapshot before = project.snapshot("");
        successful(project.maven("compile", "-T", "2"));
        assertThat(project.snapshot("").changesSince(before)).isEmpty();

        project.edit("model/src/main/opv/model.opv", "Node *next;", "u64 before;\n    Node *next;");
        Snapshot app = project.snapshot("app/target");
        Snapshot other = project.snapshot("other/target");
        successful(project.maven("compile", "-T", "2"));
        assertThat(project.path("model/target/generated-sources/opv/com/acme/model/Node.java"))
                .content()
                .contains("BEFORE_OFFSET");
        assertThat(project.snapshot("other/target")).isEqualTo(other);
        // The importer's source names the constant that changed; its class holds the value.
        assertThat(project.snapshot("app/target").changesSince(app))
                .contains("opvc/compile-default.record", "classes/com/acme/app/NodeList.class");
    }

    @Test
    void importComesFromTheJarOfADependency() throws Exception {
        UserProject library = UserProject.copy("library", "jar");
        UserProject consumer = UserProject.copy("consumer", "jar");
        String output = "target/generated-sources/opv/com/acme/consumer/Table.java";
        successful(new UserProject(library.folder().resolveSibling("parent")).maven("install"));
        successful(library.maven("install"));
        successful(consumer.maven("compile"));
        assertThat(consumer.path(output)).content().contains("12");
        Snapshot before = consumer.snapshot("target");
        successful(consumer.maven("compile"));
        assertThat(consumer.snapshot("target").changesSince(before)).isEmpty();

        library.edit("src/main/resources/META-INF/opv/acme/limits.opv", "MANY = 12", "MANY = 20");
        successful(library.maven("install"));
        successful(consumer.maven("compile"));
        assertThat(consumer.path(output)).content().contains("20");
        assertThat(consumer.snapshot("target").changesSince(before))
                .contains("generated-sources/opv/com/acme/consumer/Table.java");

        library.edit("src/main/resources/META-INF/opv/acme/limits.opv", "MANY = 20", "MANY = many");
        successful(library.maven("install"));
        Run run = consumer.maven("compile");
        assertThat(run.status()).isNotZero();
        assertThat(run.log())
                .as("the error is in the archive, and says in which")
                .anyMatch(line -> line.startsWith("[ERROR] jar:file:")
                        && line.contains("library-1.0.jar!/META-INF/opv/acme/limits.opv:4:14: error[OPV"));
    }

    @Test
    void testSourcesAreCompiledForTheTestsOnly() throws Exception {
        UserProject project = UserProject.copy("tests", "tests");
        successful(project.maven("verify"));
        assertThat(project.path("target/generated-test-sources/opv/com/acme/tests/Probe.java"))
                .isRegularFile();
        assertThat(project.path("target/test-classes/com/acme/tests/Probe.class"))
                .isRegularFile();
        assertThat(project.path("target/classes/com/acme/tests/Probe.class")).doesNotExist();
        assertThat(project.path("target/surefire-reports/TEST-com.acme.tests.ProbeTest.xml"))
                .isRegularFile();
        Snapshot before = project.snapshot("target/generated-test-sources");
        Snapshot classes = project.snapshot("target/test-classes");
        successful(project.maven("test-compile"));
        assertThat(project.snapshot("target/generated-test-sources")).isEqualTo(before);
        assertThat(project.snapshot("target/test-classes")).isEqualTo(classes);
    }

    @Test
    void optionsSayWhatIsCompiledAndWhereItGoes() throws Exception {
        UserProject project = UserProject.copy("counters", "options");
        successful(project.maven(
                "generate-sources",
                "-Dopvc.includes=com/**",
                "-Dopvc.excludes=**/misses.opv",
                "-Dopvc.outputDirectory=target/java",
                "-Dopvc.headerDirectory=target/headers"));
        assertThat(project.snapshot("target/java").files()).containsOnlyKeys("com/acme/Hits.java");
        assertThat(project.snapshot("target/headers").files()).containsOnlyKeys("com/acme/hits.opv.h");
        Snapshot before = project.snapshot("target");
        successful(project.maven("generate-sources", "-Dopvc.skip"));
        assertThat(project.snapshot("target")).isEqualTo(before);

        // The headers are no longer asked for, and the sources go to the usual place again.
        successful(project.maven("generate-sources"));
        assertThat(project.path("target/headers")).doesNotExist();
        assertThat(project.path("target/java")).doesNotExist();
        assertThat(project.snapshot("target/generated-sources/opv").files())
                .containsKeys("com/acme/Hits.java", "com/acme/Misses.java");
    }

    @Test
    void helpListsTheGoals() throws Exception {
        Run run = UserProject.copy("counters", "help").maven("opvc:help", "-Ddetail");
        successful(run);
        assertThat(run.text())
                .contains("opvc:compile", "opvc:test-compile", "opvc:check", "opvc:help")
                .contains("User property: opvc.importFolders", "User property: opvc.failOnWarning");
    }

    private static void successful(Run run) {
        assertThat(run.status()).as(run.text()).isZero();
    }
}
