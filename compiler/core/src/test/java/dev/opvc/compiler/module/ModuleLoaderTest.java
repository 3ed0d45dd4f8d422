// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.module;

import static org.assertj.core.api.Assertions.assertThat;

import dev.opvc.compiler.CompileRequest;
import dev.opvc.compiler.CompileResult;
import dev.opvc.compiler.Compiler;
import dev.opvc.compiler.diagnostic.Diagnostic;
import dev.opvc.compiler.parse.ParseLimits;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files, and how they find each other. */
class ModuleLoaderTest {
    private static final String USE = "transaction use(Node *n) { n->data = 1; }";
    private static final String NODE = "struct Node { u64 data; }";

    @TempDir
    Path folder;

    @Test
    void importsFromBesideTheFile() throws IOException {
        write("node.opv", NODE);
        write("sub/leaf.opv", "struct Leaf { u64 data; }");

        assertThat(
                        compile(
                                "import \"node.opv\"; import \"sub/leaf.opv\"; transaction t(Node *n, Leaf *l) { n->data = l->data; }"))
                .isEmpty();
    }

    @Test
    void importsAlongTheFoldersInOrder() throws IOException {
        write("first/other.opv", "struct Other { u64 data; }");
        write("second/node.opv", NODE);
        write("third/node.opv", "struct Node { u64 other; }");

        assertThat(compile(
                        "import \"node.opv\"; import \"other.opv\"; " + USE
                                + " transaction t(Other *o) { o->data = 1; }",
                        "first",
                        "second",
                        "third"))
                .isEmpty();
        assertThat(compile("import \"node.opv\"; " + USE, "third", "second"))
                .singleElement()
                .asString()
                .contains("OPV0204");
    }

    @Test
    void besideTheFileComesFirst() throws IOException {
        write("node.opv", NODE);
        write("other/node.opv", "struct Node { u64 other; }");

        assertThat(compile("import \"node.opv\"; " + USE, "other")).isEmpty();
    }

    @Test
    void importsAreNotPassedOn() throws IOException {
        write("node.opv", NODE);
        write("between.opv", "import \"node.opv\"; struct Between { Node node; }");

        assertThat(compile("import \"between.opv\"; transaction t(Between *b) { b->node.data = 1; }"))
                .isEmpty();
        assertThat(compile("import \"between.opv\"; " + USE))
                .singleElement()
                .asString()
                .contains("OPV0201")
                .contains("`Node`");
    }

    @Test
    void oneStructByTwoWaysIsOneStruct() throws IOException {
        write("node.opv", NODE);
        write("left.opv", "import \"node.opv\"; struct Left { Node node; }");
        write("right.opv", "import \"node.opv\"; struct Right { Node node; }");

        assertThat(
                        compile(
                                "import \"left.opv\"; import \"right.opv\"; transaction t(Left *l, Right *r) { l->node = r->node; }"))
                .isEmpty();
    }

    @Test
    void oneFileByALinkIsOneFile() throws IOException {
        write("node.opv", NODE);
        try {
            Files.createSymbolicLink(folder.resolve("link.opv"), Path.of("node.opv"));
        } catch (UnsupportedOperationException | FileSystemException e) {
            Assumptions.abort("no symbolic links here");
        }

        assertThat(compile("import \"node.opv\"; import \"link.opv\"; " + USE)).isEmpty();
    }

    @Test
    void circles() throws IOException {
        write("a.opv", "import \"b.opv\"; struct A { u64 a; }");
        write("b.opv", "import \"c.opv\"; struct B { u64 b; }");
        write("c.opv", "import \"a.opv\"; struct C { u64 c; }");

        assertThat(compile("import \"a.opv\"; transaction t(A *a) { a->a = 1; }"))
                .singleElement()
                .asString()
                .startsWith("c.opv:1:8 OPV0006");
    }

    @Test
    void aFileThatImportsItself() throws IOException {
        assertThat(compile("import \"main.opv\";")).singleElement().asString().startsWith("main.opv:1:8 OPV0006");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../node.opv",
                "sub/../node.opv",
                "/node.opv",
                "./node.opv",
                "node",
                "node.OPV",
                "no de.opv",
                "C:\\node.opv",
                "",
                ".opv",
                "sub//node.opv",
                "n\u00f6de.opv"
            })
    void pathsThatCannotBeImported(String path) throws IOException {
        write("node.opv", NODE);

        assertThat(compile("import \"" + path + "\";"))
                .singleElement()
                .asString()
                .contains("OPV0005")
                .contains("no path that can be imported");
    }

    @Test
    void filesThatAreNotThere() throws IOException {
        Files.createDirectory(folder.resolve("empty"));

        assertThat(compile("import \"node.opv\";", "empty", "not_there"))
                .singleElement()
                .asString()
                .startsWith("main.opv:1:8 OPV0005");
        assertThat(texts(List.of(folder.resolve("nowhere.opv")), List.of()))
                .singleElement()
                .asString()
                .contains("OPV0001")
                .contains("no such file");
    }

    @Test
    void foldersAreNoFiles() throws IOException {
        Files.createDirectory(folder.resolve("folder.opv"));

        assertThat(texts(List.of(folder.resolve("folder.opv")), List.of()))
                .singleElement()
                .asString()
                .contains("OPV0001")
                .contains("folder");
        assertThat(compile("import \"folder.opv\";")).singleElement().asString().contains("OPV0001");
    }

    @Test
    void errorsOfAnImportedFileAreShownOnce() throws IOException {
        write("node.opv", "struct Node { u65 data; }");
        Path a = write("a.opv", "import \"node.opv\"; " + USE);
        Path b = write("b.opv", "import \"node.opv\"; " + USE);

        assertThat(texts(List.of(a, b), List.of())).singleElement().asString().startsWith("node.opv:1:15 OPV0201");
    }

    @Test
    void unitsOfAnImportedFileAreNotCompiled() throws IOException {
        write("node.opv", NODE + " transaction wrong(Node *n) { n->data = 1 / 0; }");

        assertThat(compile("import \"node.opv\"; " + USE)).isEmpty();
    }

    @Test
    void chainsOfImports() throws IOException {
        int deepest = ModuleLoader.IMPORT_DEPTH_MAX;
        for (int i = 0; i < 2 * deepest; i++) {
            write("f" + i + ".opv", "import \"f" + (i + 1) + ".opv\"; struct S" + i + " { u64 data; }");
        }
        write("f" + 2 * deepest + ".opv", NODE);

        assertThat(texts(List.of(folder.resolve("f" + (deepest + 1) + ".opv")), List.of()))
                .isEmpty();
        assertThat(texts(List.of(folder.resolve("f0.opv")), List.of()))
                .singleElement()
                .asString()
                .contains("OPV0106");
    }

    @Test
    void textThatIsNotUtf8() throws IOException {
        Path file = folder.resolve("latin.opv");
        Files.write(file, "// caf\u00e9\n".getBytes(StandardCharsets.ISO_8859_1));

        assertThat(texts(List.of(file), List.of()))
                .singleElement()
                .asString()
                .contains("OPV0003")
                .contains("offset 6");
    }

    @Test
    void filesOfAMebibyte() throws IOException {
        byte[] text = new byte[ParseLimits.SOURCE_BYTES_MAX];
        Arrays.fill(text, (byte) ' ');
        Files.write(folder.resolve("full.opv"), text);
        Files.write(folder.resolve("over.opv"), Arrays.copyOf(text, text.length + 1));

        assertThat(texts(List.of(folder.resolve("full.opv")), List.of())).isEmpty();
        assertThat(texts(List.of(folder.resolve("over.opv")), List.of()))
                .singleElement()
                .asString()
                .contains("OPV0002");
    }

    @ParameterizedTest
    @ValueSource(strings = {"main.txt", "main", "ma in.opv", ".opv", "m\u00e4in.opv", "a.b.opv"})
    void namesOfFiles(String name) throws IOException {
        Path file = write(name, NODE);

        assertThat(texts(List.of(file), List.of())).singleElement().asString().contains("OPV0004");
    }

    @Test
    void aFileNamedTwiceIsCompiledOnce() throws IOException {
        Path file = write("main.opv", NODE);
        CompileResult result = Compiler.compile(new CompileRequest(List.of(file, file), List.of()));

        assertThat(((CompileResult.Success) result).programs()).hasSize(1);
    }

    private List<String> compile(String source, String... folders) throws IOException {
        Path file = write("main.opv", source);
        return texts(List.of(file), Arrays.stream(folders).map(folder::resolve).toList());
    }

    private Path write(String name, String source) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, source);
    }

    private static List<String> texts(List<Path> files, List<Path> folders) {
        return Compiler.compile(new CompileRequest(files, folders)).diagnostics().stream()
                .map(ModuleLoaderTest::text)
                .toList();
    }

    private static String text(Diagnostic diagnostic) {
        String place = diagnostic.span() == null
                ? ""
                : ":" + diagnostic.span().line() + ":" + diagnostic.span().column();
        return Path.of(diagnostic.file()).getFileName() + place + " "
                + diagnostic.code().text() + " " + diagnostic.message();
    }
}
