// SPDX-License-Identifier: Apache-2.0
package dev.opvc.runtime.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.opvc.runtime.CpuOp;
import dev.opvc.runtime.CpuOpv;
import dev.opvc.runtime.Cpus;
import dev.opvc.runtime.Memory;
import dev.opvc.runtime.OpVector;
import dev.opvc.runtime.conformance.ConformanceCase.Change;
import dev.opvc.runtime.internal.os.Libc;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.ToIntBiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Runs every case of a conformance file: the one that the system property {@code opvc.conformance} names, or the shared
 * one beside the project.
 */
class CpuOpvConformanceTest {
    private static final String FILE_PROPERTY = "opvc.conformance";
    private static final String ROOT_PROPERTY = "opvc.root";
    private static final String DEFAULT_FILE = "../shared/conformance/vectors.txt";

    @TestFactory
    Stream<DynamicTest> systemCall() {
        return tests(ignored -> true, CpuOpvConformanceTest::callOnMemory);
    }

    /** The same through the thread's vector, as far as a vector can be built that way. */
    @TestFactory
    Stream<DynamicTest> vector() {
        return tests(CpuOpvConformanceTest::canBeAppended, CpuOpvConformanceTest::executeVector);
    }

    private static Stream<DynamicTest> tests(
            Predicate<ConformanceCase> filter, ToIntBiFunction<ConformanceCase, TestRegion> call) {
        List<ConformanceCase> cases;
        try {
            cases = ConformanceFile.read(file());
            assertThat(cases).as("cases in %s", file()).isNotEmpty();
        } catch (Throwable e) {
            // As a test of its own it is counted and shown, which a factory that fails or leaves out is not everywhere.
            return Stream.of(DynamicTest.dynamicTest("conformance file", () -> {
                throw e;
            }));
        }
        return cases.stream().filter(filter).map(each -> DynamicTest.dynamicTest(each.name(), () -> run(each, call)));
    }

    private static Path file() {
        Path root = Path.of(System.getProperty(ROOT_PROPERTY, "")).toAbsolutePath();
        String named = System.getProperty(FILE_PROPERTY);
        if (named != null) {
            Path file = root.resolve(named);
            if (!Files.exists(file)) {
                fail("the conformance file that -D%s names does not exist: %s", FILE_PROPERTY, file);
            }
            return file;
        }
        Path shared = root.resolve(DEFAULT_FILE).normalize();
        assumeTrue(
                Files.exists(shared),
                () -> "left out: no conformance file at " + shared + "; name one with -D" + FILE_PROPERTY + "=FILE");
        return shared;
    }

    private static void run(ConformanceCase test, ToIntBiFunction<ConformanceCase, TestRegion> call) {
        try (TestRegion region = new TestRegion(test.pages())) {
            byte[] expected = TestRegion.stream(region.length(), test.seed());
            region.fill(expected);
            test.protections().forEach(each -> region.protect(each.page(), each.readable()));
            int result = call.applyAsInt(test, region);
            region.unprotect();
            for (Change change : test.changes()) {
                byte[] bytes = HexFormat.of().parseHex(change.hex());
                System.arraycopy(bytes, 0, expected, change.offset(), bytes.length);
            }
            assertThat(result).as("result of the case at line %d", test.line()).isEqualTo(test.result());
            assertThat(region.bytes())
                    .as("memory after the case at line %d", test.line())
                    .isEqualTo(expected);
        }
    }

    private static int callOnMemory(ConformanceCase test, TestRegion region) {
        long ops = Memory.allocate((long) Math.max(test.ops().size(), test.count()) * CpuOp.SIZE);
        try {
            for (int i = 0; i < test.ops().size(); i++) {
                NativeOps.write(ops + (long) i * CpuOp.SIZE, test.ops().get(i), region.address());
            }
            return CpuOpv.cpuOpv(ops, test.count(), cpu(test), test.flags());
        } finally {
            Memory.free(ops);
        }
    }

    private static boolean canBeAppended(ConformanceCase test) {
        return test.flags() == 0
                && test.count() == test.ops().size()
                && test.count() <= CpuOp.CPU_OP_VEC_LEN_MAX
                && Cpus.isPossible(cpu(test))
                && test.ops().stream().allMatch(op -> op.number() >= 0 && op.number() < CpuOp.NR_CPU_OPS);
    }

    private static int executeVector(ConformanceCase test, TestRegion region) {
        OpVector vector = OpVector.begin();
        test.ops().forEach(op -> NativeOps.append(vector, op, region.address()));
        return vector.executeRaw(cpu(test));
    }

    private static int cpu(ConformanceCase test) {
        return test.cpu() == ConformanceCase.CURRENT_CPU ? Libc.schedGetcpu() : test.cpu();
    }
}
