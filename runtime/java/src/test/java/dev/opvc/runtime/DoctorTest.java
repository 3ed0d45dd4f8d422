// SPDX-License-Identifier: Apache-2.0
package dev.opvc.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.opvc.runtime.internal.os.CpuLists;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorTest {
    @TempDir
    private Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void tellsWhatTheRuntimeWorksWith() {
        assertThat(run()).isZero();
        assertThat(text())
                .contains("slots of an instance: " + Cpus.possible() + "\n")
                .contains("engine: " + Engines.current().name() + "\n  because: ")
                .contains("bytes that a slot is a multiple of, for each CPU: 128\n")
                .doesNotContain("missing: ");
    }

    @Test
    void jsonHasOneObject() {
        assertThat(run("--json")).isZero();
        assertThat(text())
                .startsWith("{\"runtime\": \"Java ")
                .contains("\"slots\": " + Cpus.possible() + ", ")
                .endsWith(", \"missing\": []}\n");
        assertThat(text().lines()).hasSize(1);
    }

    @Test
    void whatIsNeededAndNotThereIsMissing() {
        run("--json");
        boolean registered = text().contains("\"rseq\": true");
        assertThat(run("--json", "--need", "rseq")).isEqualTo(registered ? 0 : 1);
        assertThat(text()).endsWith(registered ? "\"missing\": []}\n" : "\"missing\": [\"rseq\"]}\n");
    }

    @Test
    void settingThatCannotBeIsMissing() throws Exception {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String output = ChildProcess.outputOf(
                folder,
                List.of(
                        "sh",
                        "-c",
                        "\"$0\" -cp \"$1\" -Dopvc.cpu_opv.number=999999 \"$2\"; echo status $?",
                        java,
                        System.getProperty("java.class.path"),
                        Doctor.class.getName()));
        assertThat(output)
                .contains("engine: none\n  because: the system property", "missing: engine\n")
                .endsWith("status 1\n");
    }

    @Test
    void wrongCallIsTold() {
        for (String[] args : List.of(new String[] {"--need"}, new String[] {"--need", "luck"}, new String[] {"x"})) {
            assertThat(run(args)).isEqualTo(2);
            assertThat(err.toString(StandardCharsets.UTF_8)).contains("rseq", "java -cp");
        }
    }

    @Test
    void listsOfCpusAreWrittenAsTheyAreRead() {
        for (String list : List.of("0", "0-3", "1,3", "0-1,4-7,9")) {
            assertThat(CpuLists.format(CpuLists.parse(list))).isEqualTo(list);
        }
    }

    @Test
    void codeOfALaterLevelIsRefused() {
        RuntimeVersion.require(RuntimeVersion.LEVEL);
        assertThatThrownBy(() -> RuntimeVersion.require(RuntimeVersion.LEVEL + 1))
                .isInstanceOf(LinkageError.class)
                .hasMessageContaining("use the opvc-runtime of the version of opvc that generated it");
    }

    @Test
    void headersOfCHaveTheSameLevel() throws Exception {
        Path header = Path.of(System.getProperty("opvc.root"), "runtime/c/include/opv/generated.h");
        assertThat(header).content().contains("\n#define OPV_LEVEL " + RuntimeVersion.LEVEL + "\n");
    }

    private int run(String... args) {
        out.reset();
        return Doctor.run(
                List.of(args),
                new PrintStream(out, false, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    private String text() {
        return out.toString(StandardCharsets.UTF_8);
    }
}
