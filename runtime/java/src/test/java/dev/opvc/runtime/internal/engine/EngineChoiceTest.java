// SPDX-License-Identifier: Apache-2.0
package dev.opvc.runtime.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.opvc.runtime.CpuOp;
import dev.opvc.runtime.Engine;
import dev.opvc.runtime.EngineUnavailableException;
import dev.opvc.runtime.Forms;
import dev.opvc.runtime.Memory;
import dev.opvc.runtime.internal.os.Errno;
import dev.opvc.runtime.internal.os.Libc;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EngineChoiceTest {
    /** No Linux has a system call of this number. */
    private static final String UNUSED_NUMBER = "4095";

    private static KernelEngine.SystemCall realCall(int number) {
        return (ops, count, cpu, flags) -> Libc.syscall(number, ops, count, cpu, flags);
    }

    @Test
    void isUserSpaceByDefault() {
        assertThat(EngineChoice.of(null, null, EngineChoiceTest::realCall)
                        .engine()
                        .name())
                .isEqualTo("user space");
    }

    @Test
    void saysWhatTheKernelAnswered() {
        assertThatThrownBy(() -> EngineChoice.of(UNUSED_NUMBER, null, EngineChoiceTest::realCall)
                        .engine())
                .isInstanceOf(EngineUnavailableException.class)
                .hasMessageContaining("opvc.cpu_opv.number")
                .hasMessageContaining("system call " + UNUSED_NUMBER)
                .hasMessageContaining("ENOSYS")
                .hasMessageContaining("leave it out");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "abc", "0", "-5", "0x1f", "99999999999", "12.5"})
    void saysWhatIsNoNumber(String text) {
        assertThatThrownBy(() ->
                        EngineChoice.of(text, null, EngineChoiceTest::realCall).engine())
                .isInstanceOf(EngineUnavailableException.class)
                .hasMessageContaining("\"" + text + "\"")
                .hasMessageContaining("positive decimal integer");
    }

    @Test
    void refusesAKernelWithOtherNumbers() {
        assertThatThrownBy(() -> EngineChoice.of("7", null, number -> (ops, count, cpu, flags) -> 9)
                        .engine())
                .hasMessageContaining("answered 9 instead of 10");
        assertThatThrownBy(() -> EngineChoice.of("7", null, number -> (ops, count, cpu, flags) -> 10)
                        .engine())
                .hasMessageContaining("answered 10 instead of 16");
    }

    /** A kernel that has the system call, played by the user-space engine. */
    @Test
    void executesThroughTheKernelOnceItAnswersWell() {
        Engine pretended = new UserSpaceEngine();
        AtomicInteger calls = new AtomicInteger();
        Engine engine = EngineChoice.of("7", null, number -> (ops, count, cpu, flags) -> {
                    calls.incrementAndGet();
                    return flags != 0
                            ? pretended.cpuOpv(ops, count, cpu, flags)
                            : Check.passes(ops, count) ? Do.run(ops, count) : -Errno.EINVAL;
                })
                .engine();
        assertThat(engine.name()).isEqualTo("kernel");
        long op = Memory.allocate(CpuOp.SIZE + 8);
        long word = op + CpuOp.SIZE;
        Memory.putInt(op + CpuOp.OP_OFFSET, CpuOp.CPU_ADD_OP);
        Memory.putInt(op + CpuOp.LEN_OFFSET, 8);
        Memory.putLong(op + CpuOp.FIRST_OPERAND_OFFSET, word);
        Memory.putLong(op + CpuOp.SECOND_OPERAND_OFFSET, 3);
        assertThat(engine.execute(op, 1, Engine.CHECK_ALL, 0, () -> true)).isZero();
        assertThat(engine.cpuOpv(op, 1, 0, 0)).isZero();
        assertThat(engine.execute(op, 1, Engine.CHECK_ALL, 0, () -> false)).isEqualTo(Engine.CONDITION_FAILED);
        assertThat(Memory.getLong(word)).isEqualTo(6);
        assertThat(calls).hasValue(4);
        Memory.free(op);
    }

    /** Offline CPUs, and those outside the mask; a mask that others change makes no difference. */
    @Test
    void worksOnCpusThatTheKernelRefuses() {
        Engine engine = EngineChoice.of("7", null, number -> (ops, count, cpu, flags) -> switch (flags) {
                    case CpuOp.CPU_OP_NR_FLAG -> CpuOp.NR_CPU_OPS;
                    case CpuOp.CPU_OP_VEC_LEN_MAX_FLAG -> CpuOp.CPU_OP_VEC_LEN_MAX;
                    default -> -Errno.EINVAL;
                })
                .engine();
        long op = Memory.allocate(CpuOp.SIZE + 8);
        long word = op + CpuOp.SIZE;
        Ops.write(op, CpuOp.CPU_ADD_OP, 8, word, 3);
        assertThat(engine.execute(op, 1, Engine.CHECK_ALL, 0, () -> true)).isZero();
        assertThat(Memory.getLong(word)).isEqualTo(3);
        assertThat(engine.cpuOpv(op, 1, 0, 0)).isEqualTo(-Errno.EINVAL);
        Ops.write(op, CpuOp.CPU_ADD_OP, 3, word, 3);
        assertThat(engine.execute(op, 1, Engine.CHECK_ALL, 0, () -> true)).isEqualTo(-Errno.EINVAL);
        Ops.write(op, CpuOp.CPU_ADD_OP, 8, 8, 3);
        assertThat(engine.execute(op, 1, Engine.CHECK_ALL, 0, () -> true)).isEqualTo(-Errno.EFAULT);
        assertThat(Memory.getLong(word)).isEqualTo(3);
        Memory.free(op);
    }

    @Test
    void badFormIsAClearError() {
        EngineChoice choice = EngineChoice.of(null, "fast", number -> (ops, count, cpu, flags) -> 0);

        assertThatExceptionOfType(EngineUnavailableException.class)
                .isThrownBy(choice::engine)
                .withMessageContaining(Forms.FORM_PROPERTY)
                .withMessageContaining("\"fast\"");
        for (String form : new String[] {"direct", "vector"}) {
            EngineChoice good = EngineChoice.of(null, form, number -> (ops, count, cpu, flags) -> 0);
            assertThat(good.engine().name()).isEqualTo("user space");
            assertThat(good.isVectorForm()).isEqualTo(form.equals("vector"));
        }
    }
}
