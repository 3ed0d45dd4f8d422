// SPDX-License-Identifier: Apache-2.0
package dev.opvc.runtime.stress;

import dev.opvc.runtime.CpuExclusion;
import dev.opvc.runtime.Cpus;
import dev.opvc.runtime.Memory;
import dev.opvc.runtime.OpVector;
import dev.opvc.runtime.PerCpuMemory;
import java.util.Random;

/**
 * A program that does transactions until the stack overflows, again and again, from other depths each time, and looks
 * whether one was torn or a word stayed taken. It runs in a process of its own, because how it is compiled is the
 * point. Its arguments are the form and the number of overflows.
 */
final class DeepRecursion {
    private static final long STACK_BYTES = 192 * 1024;
    private static final int WARM_UP = 30_000;
    private static final int FIRST = 0;
    private static final int BUFFER = 8;
    private static final int BUFFER_BYTES = 100;
    private static final int LAST = 112;
    private static final int SLOT_BYTES = 120;
    private static final int DEPTH_MAX = 40;

    private final PerCpuMemory memory = PerCpuMemory.allocate(SLOT_BYTES, slot -> {});
    private final long source = Memory.allocate(BUFFER_BYTES + 1) + 1;
    private final boolean direct;
    private final Random random = new Random();
    private int overflows;

    private DeepRecursion(boolean direct) {
        this.direct = direct;
    }

    public static void main(String[] arguments) throws InterruptedException {
        DeepRecursion program = new DeepRecursion(arguments[0].equals("direct"));
        int rounds = Integer.parseInt(arguments[1]);
        Thread thread = new Thread(null, () -> program.run(rounds), "deep", STACK_BYTES);
        thread.start();
        thread.join();
        System.out.println(program.overflows + " overflows");
        if (program.overflows != rounds) {
            throw new AssertionError("the thread ended early");
        }
    }

    private void run(int rounds) {
        for (int i = 0; i < WARM_UP; i++) {
            transact(i);
        }
        for (int round = 0; round < rounds; round++) {
            int kind = round % 3;
            try {
                descend(random.nextInt(DEPTH_MAX), kind);
            } catch (StackOverflowError e) {
                overflows++;
            }
            check(round);
        }
    }

    /** Begins at another depth each time. */
    private int descend(int levels, int kind) {
        if (levels > 0) {
            return descend(levels - 1, kind) + 1;
        }
        return kind == 0 ? small() : kind == 1 ? medium(1, 2, 3) : large(1, 2, 3, 4, 5, 6, 7, 8, 9);
    }

    // Frames of different sizes end at different distances from the limit.
    @SuppressWarnings("InfiniteRecursion")
    private int small() {
        transact(1);
        return small() + 1;
    }

    @SuppressWarnings("InfiniteRecursion")
    private int medium(long a, long b, long c) {
        transact((int) (a + b));
        return medium(b, c, a) + 1;
    }

    @SuppressWarnings("InfiniteRecursion")
    private int large(long a, long b, long c, long d, long e, long f, long g, long h, long i) {
        transact((int) (a + b + i));
        return large(b, c, d, e, f, g, h, i, a) + 1;
    }

    private void transact(int salt) {
        if (!direct) {
            vector();
        } else if (salt % 2 == 0) {
            direct(CpuExclusion.CURRENT);
        } else {
            direct(0);
        }
    }

    /** In the shape of generated code: {@code first += 1; memcpy(&buffer, source, 100); last += 1;}. */
    private void direct(int cpu) {
        long region = CpuExclusion.enter(cpu);
        try {
            long slot = memory.slotIn(region);
            Memory.putLong(slot + FIRST, Memory.getLong(slot + FIRST) + 1);
            Memory.copy(slot + BUFFER, source, BUFFER_BYTES);
            Memory.putLong(slot + LAST, Memory.getLong(slot + LAST) + 1);
        } finally {
            CpuExclusion.leave(region);
        }
    }

    private void vector() {
        int cpu = Cpus.current();
        long slot = memory.slot(cpu);
        OpVector.begin()
                .within(memory)
                .add(slot + FIRST, 1, 8)
                .memcpy(slot + BUFFER, source, BUFFER_BYTES)
                .add(slot + LAST, 1, 8)
                .execute(cpu);
    }

    private void check(int round) {
        for (int cpu = 0; cpu < Cpus.possible(); cpu++) {
            long slot = memory.slot(cpu);
            long first = Memory.getLong(slot + FIRST);
            long last = Memory.getLong(slot + LAST);
            if (first != last) {
                throw new AssertionError("torn in round " + round + ": " + first + " and " + last);
            }
            long region = CpuExclusion.region(cpu);
            if (CpuExclusion.version(region) == CpuExclusion.BUSY) {
                throw new AssertionError("the word of CPU " + cpu + " is still taken in round " + round);
            }
        }
    }
}
