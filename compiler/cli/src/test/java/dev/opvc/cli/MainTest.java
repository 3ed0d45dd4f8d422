// SPDX-License-Identifier: Apache-2.0
package dev.opvc.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.opvc.compiler.CompileRequest;
import dev.opvc.compiler.CompileResult;
import dev.opvc.compiler.Compiler;
import dev.opvc.compiler.Target;
import dev.opvc.compiler.diagnostic.Diagnostic;
import dev.opvc.compiler.diagnostic.DiagnosticCode;
import dev.opvc.compiler.emit.OutputFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MainTest {
    private static final String GOOD = "transaction add(u64 *p, u64 x) { *p += x; }\n";
    private static final String WARNED = "transaction add(u64 *p, u64 x) { *p += 1; }\n";
    private static final String BAD = "transaction add(u64 *p) {\n\t*p += y;\n}\n";

    @TempDir
    private Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final List<CompileRequest> requests = new ArrayList<>();
    private String good = "";
    private String bad = "";

    @BeforeEach
    void writeSources() throws IOException {
        good = source("good.opv", GOOD);
        bad = source("bad.opv", BAD);
    }

    @Test
    void aRightFileIsChecked() {
        assertThat(run("check", good)).isEqualTo(ExitStatus.DONE);
        assertThat(stdout()).isEmpty();
        assertThat(stderr()).isEmpty();
    }

    @Test
    void aWarningIsPrintedAndNoFailure() throws IOException {
        String warned = source("warned.opv", WARNED);
        assertThat(run("check", warned)).isEqualTo(ExitStatus.DONE);
        assertThat(stderr()).startsWith(warned + ":1:29: warning[OPV0802]: ");
    }

    @Test
    void aWrongFileFailsWithItsPlace() {
        for (String command : List.of("check", "explain")) {
            assertThat(run(command, bad)).isEqualTo(ExitStatus.INPUT);
            assertThat(stdout()).isEmpty();
            assertThat(stderr()).startsWith(bad + ":2:8: error[OPV0201]: ").contains("\n\t*p += y;\n\t      ^\n");
        }
    }

    @Test
    void diagnosticsAreJsonWhereTheyShallBe() {
        for (String[] args : List.of(
                new String[] {"check", "--diagnostics=json", bad},
                new String[] {"check", bad, "--diagnostics", "json"},
                new String[] {"--diagnostics=json", "check", bad},
                new String[] {"explain", "--diagnostics=json", bad},
                new String[] {"compile", "--diagnostics=json", "--java-out", folder.toString(), bad})) {
            assertThat(run(args)).isEqualTo(ExitStatus.INPUT);
            assertThat(stderr())
                    .startsWith("{\"file\": \"" + bad + "\", \"line\": 2, \"column\": 8, \"endLine\": 2,"
                            + " \"endColumn\": 9, \"severity\": \"error\", \"code\": \"OPV0201\", \"message\": ")
                    .endsWith("}\n");
            assertThat(stderr().lines()).hasSize(1);
        }
        assertThat(run("check", "--diagnostics=text", bad)).isEqualTo(ExitStatus.INPUT);
        assertThat(stderr()).startsWith(bad + ":2:8: ");
    }

    @Test
    void allFilesAreReportedInOneRun() {
        String missing = folder.resolve("missing.opv").toString();
        assertThat(run("check", missing, bad, good)).isEqualTo(ExitStatus.INPUT);
        assertThat(stderr()).startsWith(missing + ": error[OPV0001]: ").contains(bad + ":2:8: ");
    }

    @Test
    void aFolderIsNoSourceFile() throws IOException {
        Path directory = Files.createDirectory(folder.resolve("folder.opv"));
        assertThat(run("check", directory.toString())).isEqualTo(ExitStatus.INPUT);
        assertThat(stderr()).startsWith(directory + ": error[OPV0001]: ");
    }

    @Test
    void explainPrintsATableOrJson() {
        assertThat(run("explain", good)).isEqualTo(ExitStatus.DONE);
        assertThat(stdout()).contains("transaction add(u64 *p, u64 x)\n").contains("operations 1/16");
        assertThat(run("explain", "--json", good)).isEqualTo(ExitStatus.DONE);
        assertThat(stdout()).startsWith("{").contains("\"op\": \"CPU_ADD_OP\"").endsWith("}\n");
        assertThat(stderr()).isEmpty();
    }

    @Test
    void explainShowsTheMachineThatWasAskedFor() throws IOException {
        String pointers = source("pointers.opv", "transaction set(u64 **p, u64 *q) { *p = q; }\n");
        assertThat(run("explain", "--abi", "ilp32", "--json", pointers)).isEqualTo(ExitStatus.DONE);
        assertThat(stdout()).contains("\"dataLength\": 4,");
        assertThat(run("explain", "--abi=lp64", "--json", pointers)).isEqualTo(ExitStatus.DONE);
        assertThat(stdout()).contains("\"dataLength\": 8,");
    }

    @Test
    void explainTellsWhatADiagnosticMeans() throws IOException {
        assertThat(run("check", bad)).isEqualTo(ExitStatus.INPUT);
        assertThat(stderr()).endsWith("\nFor an example and its mend: `opvc explain OPV0201`\n");
        assertThat(run("explain", "opv0201")).isEqualTo(ExitStatus.DONE);
        assertThat(stdout())
                .startsWith("OPV0201, error: a name that is not defined\n\nExample:\n\n    l->count = y;\n\n"
                        + "Mend: define it, or import its file\n\nThe example as a whole file:\n\n    const ");
        String file = stdout().substring(stdout().indexOf("    const "));
        assertThat(run("check", source("explained.opv", file))).isEqualTo(ExitStatus.INPUT);
        assertThat(stderr()).contains("error[OPV0201]").doesNotContain("error[OPV01");
        assertThat(run("explain", "--json", "OPV0201")).isEqualTo(ExitStatus.DONE);
        assertThat(stdout()).startsWith("{").contains("\"mend\": \"define it, or import its file\"");
    }

    @Test
    void everyDiagnosticIsExplained() {
        for (DiagnosticCode code : DiagnosticCode.values()) {
            assertThat(run("explain", code.text())).isEqualTo(ExitStatus.DONE);
            assertThat(stdout()).startsWith(code.text() + ", ").contains("\nMend: ");
        }
    }

    @Test
    void wrongCallsAreTold() {
        assertCallError("a command is missing");
        assertCallError("there is no command 'frobnicate'", "frobnicate", good);
        assertCallError("Missing required parameter: 'FILE'", "fmt", "--check");
        assertCallError("Unknown option: '--frobnicate'", "check", "--frobnicate", good);
        assertCallError("Missing required parameter: 'FILE'", "check");
        assertCallError("Missing required parameter: 'FILE|CODE'", "explain", "--json");
        assertCallError("there is no diagnostic OPV9999", "explain", "OPV9999");
        assertCallError("Unmatched argument", "explain", good, bad);
        assertCallError("'xml' is neither text nor json", "check", "--diagnostics=xml", good);
        assertCallError("'x32' is neither lp64 nor ilp32", "explain", "--abi", "x32", good);
        assertCallError("--java-out=DIR, --c-out=DIR or both", "compile", good);
        assertCallError("the name is empty", "compile", "--c-out", "", good);
        assertCallError("only once", "compile", "--c-out", "a", "--c-out", "b", good);
        assertCallError("nope", "help", "nope");
        assertCallError("is no file name", "check", "a\u0000.opv");
        assertCallError("is no file name", "check", "caf\ufffd.opv");
    }

    @Test
    void helpAndVersionGoToTheStandardOutput() {
        for (String[] args : List.of(new String[] {"help"}, new String[] {"--help"}, new String[] {"-h"})) {
            assertThat(run(args)).isEqualTo(ExitStatus.DONE);
            assertThat(stdout()).contains("compile", "check", "explain", "fmt");
        }
        assertThat(run("help", "compile")).isEqualTo(ExitStatus.DONE);
        assertThat(stdout()).contains("--java-out", "--c-out", "-I", "--diagnostics");
        assertThat(run("compile", "--help")).isEqualTo(ExitStatus.DONE);
        assertThat(stdout()).contains("--java-out");
        assertThat(run("--version")).isEqualTo(ExitStatus.DONE);
        assertThat(stdout()).matches("opvc \\d+\\.\\d+\\.\\d+\\S*\\R");
        assertThat(stderr()).isEmpty();
    }

    @Test
    void compileWritesTheTargetsThatHaveAFolder() throws IOException {
        Path java = folder.resolve("java");
        Path c = folder.resolve("c");
        assertThat(run(MainTest::emit, "compile", "--java-out", java.toString(), good))
                .isEqualTo(ExitStatus.DONE);
        assertThat(java.resolve("a/A.java")).hasContent("class A {}");
        assertThat(c).doesNotExist();
        assertThat(run(MainTest::emit, "compile", "--java-out=" + java, "--c-out=" + c, good))
                .isEqualTo(ExitStatus.DONE);
        assertThat(c.resolve("a.opv.h")).hasContent("struct a;");
        assertThat(stdout() + stderr()).isEmpty();
    }

    @Test
    void whatOnlyAnotherTargetRefusesIsNoError() throws IOException {
        String file = Files.writeString(
                        folder.resolve("names.opv"),
                        "percpu struct A { u64 x; }\ntransaction alloc(percpu A s) { s->x += 1; }\n")
                .toString();
        String out = folder.resolve("out").toString();
        assertThat(run("compile", "--java-out", out, file)).isEqualTo(ExitStatus.DONE);
        assertThat(run("explain", file)).isEqualTo(ExitStatus.DONE);
        assertThat(stderr()).isEmpty();
        assertThat(run("compile", "--c-out", out, file)).isEqualTo(ExitStatus.INPUT);
        assertThat(run("check", file)).isEqualTo(ExitStatus.INPUT);
        assertThat(stderr()).contains("a_alloc in C");
    }

    @Test
    void nothingIsWrittenUnlessEverythingCompiles() {
        Path java = folder.resolve("java");
        assertThat(run("compile", "--java-out", java.toString(), good, bad)).isEqualTo(ExitStatus.INPUT);
        assertThat(java).doesNotExist();
    }

    @Test
    void nothingIsWrittenUnlessEveryFolderCanBe() throws IOException {
        Path java = folder.resolve("java");
        Path c = Files.writeString(folder.resolve("c"), "a file");
        assertThat(run(MainTest::emit, "compile", "--java-out", java.toString(), "--c-out", c.toString(), good))
                .isEqualTo(ExitStatus.INPUT);
        assertThat(stderr()).startsWith(c + ": error[OPV0007]: ");
        assertThat(java).doesNotExist();
        assertThat(c).hasContent("a file");
    }

    @Test
    void importFoldersKeepTheirOrderAndOneThatIsMissingGetsAWarning() throws IOException {
        Path one = Files.createDirectory(folder.resolve("one"));
        Path two = Files.createDirectory(folder.resolve("two"));
        Path nowhere = folder.resolve("nowhere");
        assertThat(run(this::record, "check", "-I", two.toString(), "-I" + nowhere, good, "-I", one.toString()))
                .isEqualTo(ExitStatus.DONE);
        assertThat(requests)
                .singleElement()
                .satisfies(request -> assertThat(request.importFolders()).containsExactly(two, one));
        assertThat(stderr())
                .isEqualTo(nowhere + ": warning[OPV0010]: named by -I, the folder does not exist\n"
                        + "For an example and its mend: `opvc explain OPV0010`\n");
    }

    @Test
    void aFileThatIsNamedTwiceIsCompiledOnce() {
        String again = folder.resolve("x/../good.opv").toString();
        String missing = folder.resolve("missing.opv").toString();
        run(this::record, "check", good, bad, good, again.replace("/x/..", "/."), missing, missing);
        assertThat(requests)
                .singleElement()
                .satisfies(request ->
                        assertThat(request.files()).containsExactly(Path.of(good), Path.of(bad), Path.of(missing)));
    }

    @Test
    void argumentsAreTakenLiterally() throws IOException {
        String at = source("@good.opv", GOOD);
        assertThat(run(this::record, "check", "--", "-dash.opv", "@file.opv", at))
                .isEqualTo(ExitStatus.DONE);
        assertThat(requests)
                .singleElement()
                .satisfies(request -> assertThat(request.files())
                        .containsExactly(Path.of("-dash.opv"), Path.of("@file.opv"), Path.of(at)));
    }

    @Test
    void whatOpvcDidNotWriteIsReplacedOnlyIfThatIsAllowed() throws IOException {
        Path out = Files.createDirectories(folder.resolve("out"));
        assertThat(run("compile", "--c-out=" + out, good)).isEqualTo(ExitStatus.DONE);
        Path header;
        try (Stream<Path> files = Files.walk(out)) {
            header = files.filter(Files::isRegularFile).findFirst().orElseThrow();
        }
        String generated = Files.readString(header);
        Files.writeString(header, "by hand");
        assertThat(run("compile", "--c-out=" + out, good)).isEqualTo(ExitStatus.INPUT);
        assertThat(stderr()).contains("opvc did not write what is there already");
        assertThat(header).hasContent("by hand");
        assertThat(run("compile", "--overwrite", "--c-out=" + out, good)).isEqualTo(ExitStatus.DONE);
        assertThat(header).hasContent(generated);
    }

    @Test
    void theDepfileNamesOutputsAndImports() throws IOException {
        String limits = source("limits.opv", "const MOST = 9;\n");
        String user = source("user.opv", "import \"limits.opv\";\ntransaction set(u64 *p) { *p = MOST; }\n");
        Path out = folder.resolve("out");
        Path deps = folder.resolve("deps/user.d");
        assertThat(run("compile", "--c-out=" + out, "--depfile=" + deps, user)).isEqualTo(ExitStatus.DONE);
        assertThat(deps)
                .content()
                .startsWith(out.resolve("user.opv.h") + ": \\\n    " + limits + " \\\n    " + user + "\n");
        Files.writeString(deps, "of another call");
        assertThat(run("compile", "--c-out=" + out, "--depfile=" + deps, user)).isEqualTo(ExitStatus.DONE);
        assertThat(deps).content().contains(limits);
        assertThat(run("compile", "--c-out=" + out, "--depfile=" + deps, bad)).isEqualTo(ExitStatus.INPUT);
        assertThat(deps).content().contains(limits);
        assertCallError("--depfile names what is to be read", "compile", "--c-out=" + out, "--depfile=" + limits, user);
        assertThat(Path.of(limits)).hasContent("const MOST = 9;\n");
    }

    @Test
    void initWritesAProjectAndReplacesNothing() throws IOException {
        for (String kind : List.of("", "--c")) {
            Path project = folder.resolve("a project" + kind);
            String[] call = kind.isEmpty()
                    ? new String[] {"init", project.toString()}
                    : new String[] {"init", kind, project.toString()};
            assertThat(run(call)).isEqualTo(ExitStatus.DONE);
            assertThat(stdout()).contains("hits.opv\n").containsPattern("run it: (mvn|make) .*a project");
            String opv = kind.isEmpty() ? "src/main/opv/hits.opv" : "hits.opv";
            assertThat(run("check", project.resolve(opv).toString())).isEqualTo(ExitStatus.DONE);
            Files.writeString(project.resolve(opv), "mine");
            Files.delete(project.resolve(kind.isEmpty() ? "pom.xml" : "Makefile"));
            assertThat(run(call)).isEqualTo(ExitStatus.INPUT);
            assertThat(stderr()).contains("there is already a file").contains("Nothing has been written.");
            assertThat(project.resolve(opv)).hasContent("mine");
            assertThat(project.resolve(kind.isEmpty() ? "pom.xml" : "Makefile")).doesNotExist();
        }
    }

    @Test
    void whatOnlyTheLauncherKnowsIsAskedOfIt() {
        assertCallError("call the program `opvc`", "--headers");
        assertCallError("call the program `opvc`", "doctor");
    }

    @Test
    void aBugIsReportedAsOne() {
        List<Throwable> bugs = List.of(new IllegalStateException("the cause"), new NoClassDefFoundError("the cause"));
        for (Throwable bug : bugs) {
            Function<CompileRequest, CompileResult> broken = request -> {
                if (bug instanceof Error error) {
                    throw error;
                }
                throw (RuntimeException) bug;
            };
            assertThat(run(broken, "check", good)).isEqualTo(ExitStatus.BUG);
            assertThat(stdout()).isEmpty();
            assertThat(stderr())
                    .startsWith("opvc: internal error: " + bug.getClass().getName() + ": the cause\n")
                    .contains("This is a bug in opvc, not in your files.")
                    .contains("Java " + System.getProperty("java.version"))
                    .contains("arguments: [check, " + good + "]")
                    .contains("    at dev.opvc.cli.MainTest.");
        }
    }

    @Test
    void whatNeedsTooMuchMemoryIsNoBug() {
        Function<CompileRequest, CompileResult> broken = request -> {
            throw new OutOfMemoryError("Java heap space");
        };
        assertThat(run(broken, "check", good)).isEqualTo(ExitStatus.INPUT);
        assertThat(stdout()).isEmpty();
        assertThat(stderr())
                .startsWith("opvc: out of memory: these files need more than the ")
                .contains("-Xmx")
                .doesNotContain("bug")
                .doesNotContain("    at ");
    }

    @Test
    void whatNeedsTooMuchStackNamesTheStack() {
        Function<CompileRequest, CompileResult> broken = request -> {
            throw new StackOverflowError("the cause");
        };
        assertThat(run(broken, "check", good)).isEqualTo(ExitStatus.BUG);
        assertThat(stderr())
                .startsWith("opvc: out of stack: ")
                .contains("-Xss")
                .contains("opvc: internal error: java.lang.StackOverflowError: the cause\n");
    }

    @Test
    void aFailureWithoutAReasonIsABug() {
        Diagnostic warning = Diagnostic.of("a.opv", DiagnosticCode.UNUSED_PARAMETER, "only a warning");
        assertThat(run(request -> new CompileResult.Failure(List.of(warning)), "check", good))
                .isEqualTo(ExitStatus.BUG);
        assertThat(stderr()).contains("only a warning");
    }

    @Test
    void outputIsUtf8() {
        Diagnostic diagnostic = Diagnostic.of("\u00e9.opv", DiagnosticCode.SYNTAX, "\u4e2d \ud83d\ude00");
        assertThat(run(request -> new CompileResult.Failure(List.of(diagnostic)), "check", good))
                .isEqualTo(ExitStatus.INPUT);
        assertThat(stderr()).startsWith("\u00e9.opv: error[OPV0104]: \u4e2d \ud83d\ude00\n");
    }

    private void assertCallError(String message, String... args) {
        assertThat(run(args)).as(message).isEqualTo(ExitStatus.CALL);
        assertThat(stdout()).isEmpty();
        assertThat(stderr()).startsWith("opvc: ").contains(message).contains("`opvc help");
    }

    private CompileResult record(CompileRequest request) {
        requests.add(request);
        return new CompileResult.Success(List.of(), Map.of(), List.of(), Map.of());
    }

    private static CompileResult emit(CompileRequest request) {
        assertThat(request.files()).isNotEmpty();
        Map<Target, List<OutputFile>> outputs = Map.of(
                Target.JAVA, List.of(new OutputFile("a/A.java", "class A {}")),
                Target.C, List.of(new OutputFile("a.opv.h", "struct a;")));
        return new CompileResult.Success(List.of(), outputs, List.of(), Map.of());
    }

    private int run(String... args) {
        return run(Compiler::compile, args);
    }

    private int run(Function<CompileRequest, CompileResult> compiler, String... args) {
        out.reset();
        err.reset();
        return Main.run(
                args,
                new PrintStream(out, false, StandardCharsets.UTF_8),
                new PrintStream(err, false, StandardCharsets.UTF_8),
                compiler);
    }

    private String stdout() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String stderr() {
        return err.toString(StandardCharsets.UTF_8);
    }

    private String source(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }
}
