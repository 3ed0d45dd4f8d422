// SPDX-License-Identifier: Apache-2.0
package dev.opvc.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Slots take no memory of CPUs that are not used, however many of these are possible. */
class SlotPagesTest {
    private static final int CPUS = 8192;

    /** Pages of the blank, of three CPUs, and of the blocks that vectors have. */
    private static final long KIB_MAX = 256;

    @TempDir
    private Path folder;

    @Test
    void whatIsNotUsedTakesNoMemory() throws Exception {
        Path list = folder.resolve("possible");
        Files.writeString(list, "0-" + (CPUS - 1) + "\n");
        if (!canReplace(list)) {
            System.out.println(
                    "left out: slots on " + CPUS + " CPUs, because the kernel's list cannot be replaced here");
            return;
        }
        String output = run(
                list,
                "exec \"$2\" -cp \"$3\" " + SlotPages.class.getName(),
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                System.getProperty("java.class.path"));
        Matcher found = Pattern.compile("KiB=(\\d+) CPUs=(\\d+)").matcher(output);
        assertThat(found.find()).as(output).isTrue();
        System.out.println("SlotPagesTest: " + found.group());
        assertThat(found.group(2)).isEqualTo(String.valueOf(CPUS));
        assertThat(Long.parseLong(found.group(1))).isLessThanOrEqualTo(KIB_MAX);
    }

    private boolean canReplace(Path list) throws InterruptedException {
        try {
            run(list, "true", "", "");
            return true;
        } catch (IOException | AssertionError e) {
            return false;
        }
    }

    /** Runs a command behind a mount of its own, where the kernel's list of possible CPUs is another. */
    private String run(Path list, String command, String java, String classPath)
            throws IOException, InterruptedException {
        String mount = "mount --bind \"$1\" /sys/devices/system/cpu/possible && ";
        return ChildProcess.outputOf(
                folder, List.of("unshare", "-rm", "sh", "-c", mount + command, "sh", list.toString(), java, classPath));
    }
}
