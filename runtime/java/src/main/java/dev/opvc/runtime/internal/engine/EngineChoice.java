// SPDX-License-Identifier: Apache-2.0
package dev.opvc.runtime.internal.engine;

import dev.opvc.runtime.CpuOp;
import dev.opvc.runtime.Engine;
import dev.opvc.runtime.EngineUnavailableException;
import dev.opvc.runtime.internal.os.Errno;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Which engine a process has: one that works, or the reason why the one that was asked for does not. */
public final class EngineChoice {
    private final @Nullable Engine engine;
    private final String refusal;
    private final boolean vectorForm;

    private EngineChoice(@Nullable Engine engine, String refusal, boolean vectorForm) {
        this.engine = engine;
        this.refusal = refusal;
        this.vectorForm = vectorForm;
    }

    /**
     * Chooses.
     *
     * @param number what {@link Settings#ENGINE_NUMBER} says, null if it is not set
     * @param form what {@link Settings#FORM} says, null if it is not set
     * @param systemCalls gives the system call of a number
     */
    public static EngineChoice of(
            @Nullable String number, @Nullable String form, IntFunction<KernelEngine.SystemCall> systemCalls) {
        String badForm = FormChoice.refusal(form);
        return badForm == null
                ? of(number, FormChoice.isVector(form), systemCalls)
                : new EngineChoice(null, badForm, true);
    }

    private static EngineChoice of(
            @Nullable String number, boolean vectorForm, IntFunction<KernelEngine.SystemCall> systemCalls) {
        if (number == null) {
            return new EngineChoice(new UserSpaceEngine(), "", vectorForm);
        }
        int parsed = parse(number);
        if (parsed <= 0) {
            return refused("it is \"" + number + "\", which is not a positive decimal integer");
        }
        return probe(parsed, systemCalls.apply(parsed));
    }

    private static int parse(String number) {
        try {
            return Integer.parseInt(number.strip());
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    private static EngineChoice probe(int number, KernelEngine.SystemCall kernel) {
        long types = kernel.call(0, 0, 0, CpuOp.CPU_OP_NR_FLAG);
        if (types != CpuOp.NR_CPU_OPS) {
            return refused(number, "how many op types it has", types, CpuOp.NR_CPU_OPS);
        }
        long length = kernel.call(0, 0, 0, CpuOp.CPU_OP_VEC_LEN_MAX_FLAG);
        if (length != CpuOp.CPU_OP_VEC_LEN_MAX) {
            return refused(number, "how many operations a vector may have", length, CpuOp.CPU_OP_VEC_LEN_MAX);
        }
        return new EngineChoice(new KernelEngine(kernel), "", true);
    }

    private static EngineChoice refused(int number, String question, long answer, int needed) {
        String said = answer < 0 ? Errno.name((int) -answer) : Long.toString(answer);
        return refused("system call " + number + ", asked " + question + ", answered " + said + " instead of " + needed
                + ", so this kernel has no cpu_opv of that number");
    }

    private static EngineChoice refused(String reason) {
        return new EngineChoice(
                null,
                "the system property " + Settings.ENGINE_NUMBER + " asks for the kernel engine, but " + reason
                        + ". Set it to the number of cpu_opv in this kernel, or leave it out to use the engine in user"
                        + " space.",
                true);
    }

    /**
     * Whether generated code uses the vector form: it was asked for, or the engine has no other. Where there is no
     * engine the answer is yes, so that the first vector tells why.
     */
    public boolean isVectorForm() {
        return vectorForm;
    }

    /** Whether the engine is the kernel's. */
    public boolean isKernel() {
        return engine instanceof KernelEngine;
    }

    /** The engine, or an EngineUnavailableException. */
    public Engine engine() {
        if (engine == null) {
            throw new EngineUnavailableException(refusal);
        }
        return engine;
    }
}
