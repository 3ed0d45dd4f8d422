// SPDX-License-Identifier: Apache-2.0
package dev.opvc.samples.helpers;

import dev.opvc.runtime.Cpus;
import dev.opvc.runtime.Forms;
import dev.opvc.runtime.Memory;
import java.util.Random;

/** Runs each operation on random words, half of the time on a mismatch, and holds it against what it must do. */
public final class HelpersDemo {
    private static final int ROUNDS = 20_000;
    private static final int WORD = Long.BYTES;
    private static final int BUFFER = 4096;

    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);
    private final long v = Memory.allocate(WORD);
    private final long v2 = Memory.allocate(WORD);
    private final long expectCell = Memory.allocate(WORD);
    private final long oldCell = Memory.allocate(WORD);
    private final long desiredCell = Memory.allocate(WORD);
    private final long dst = Memory.allocate(BUFFER);
    private final long src = Memory.allocate(BUFFER);
    private long checks;

    private HelpersDemo() {}

    public static void main(String[] arguments) {
        new HelpersDemo().run();
    }

    private void run() {
        String form = Forms.VECTOR ? "vector" : "direct";
        System.out.println("Java, " + form + " form: seed " + seed);
        for (int round = 0; round < ROUNDS; round++) {
            int cpu = random.nextInt(Cpus.possible());
            addv(cpu);
            cmpxchg(cpu);
            storev(cpu);
            storevStorev(cpu);
            cmpeqvStorev(cpu);
            memcpyStorev(cpu, false);
            memcpyStorev(cpu, true);
        }
        System.out.println("Java, " + form + " form: " + checks + " results, all right");
    }

    private void check(boolean right, String what) {
        if (!right) {
            throw new IllegalStateException(what + " is wrong, seed " + seed);
        }
        checks++;
    }

    /** A value that equals another half of the time. */
    private long maybe(long value) {
        return random.nextBoolean() ? value : random.nextLong();
    }

    private long fill(long word) {
        long value = random.nextLong();
        Memory.putLong(word, value);
        return value;
    }

    private void addv(int cpu) {
        long before = fill(v);
        long count = random.nextLong();
        HelpersOps.addv(cpu, v, count);
        check(Memory.getLong(v) == before + count, "addv");
    }

    private void cmpxchg(int cpu) {
        int len = random.nextInt(WORD + 1);
        long mask = len == WORD ? -1L : (1L << (len * Byte.SIZE)) - 1;
        long before = fill(v);
        long expect = maybe(before);
        long old = fill(oldCell);
        long desired = fill(desiredCell);
        Memory.putLong(expectCell, expect);
        boolean equal = ((before ^ expect) & mask) == 0;
        int result = HelpersOps.cmpxchg(cpu, v, expectCell, oldCell, desiredCell, len);
        check(result == (equal ? 0 : 2), "the result of cmpxchg");
        check(Memory.getLong(oldCell) == ((old & ~mask) | (before & mask)), "what cmpxchg read");
        check(Memory.getLong(v) == (equal ? (before & ~mask) | (desired & mask) : before), "what cmpxchg wrote");
    }

    private void storev(int cpu) {
        long before = fill(v);
        long expect = maybe(before);
        long newv = random.nextLong();
        boolean committed = HelpersOps.cmpeqvStorev(cpu, v, expect, newv);
        check(committed == (before == expect), "the outcome of cmpeqv_storev");
        check(Memory.getLong(v) == (committed ? newv : before), "what cmpeqv_storev wrote");
    }

    private void storevStorev(int cpu) {
        long before = fill(v);
        long before2 = fill(v2);
        long expect = maybe(before);
        long newv = random.nextLong();
        long newv2 = random.nextLong();
        boolean committed = HelpersOps.cmpeqvStorevStorev(cpu, v, expect, v2, newv2, newv);
        check(committed == (before == expect), "the outcome of cmpeqv_storev_storev");
        check(Memory.getLong(v) == (committed ? newv : before), "what cmpeqv_storev_storev wrote first");
        check(Memory.getLong(v2) == (committed ? newv2 : before2), "what cmpeqv_storev_storev wrote second");
    }

    private void cmpeqvStorev(int cpu) {
        long before = fill(v);
        long before2 = fill(v2);
        long expect = maybe(before);
        long expect2 = maybe(before2);
        long newv = random.nextLong();
        boolean committed = HelpersOps.cmpeqvCmpeqvStorev(cpu, v, expect, v2, expect2, newv);
        check(committed == (before == expect && before2 == expect2), "the outcome of cmpeqv_cmpeqv_storev");
        check(Memory.getLong(v) == (committed ? newv : before), "what cmpeqv_cmpeqv_storev wrote");
        check(Memory.getLong(v2) == before2, "what cmpeqv_cmpeqv_storev only compares");
    }

    private void memcpyStorev(int cpu, boolean barrier) {
        int len = random.nextInt(BUFFER + 1);
        byte from = (byte) random.nextInt();
        byte to = (byte) ~from;
        for (int i = 0; i < BUFFER; i++) {
            Memory.putByte(src + i, from);
            Memory.putByte(dst + i, to);
        }
        long before = fill(v);
        long expect = maybe(before);
        long newv = random.nextLong();
        boolean committed = barrier
                ? HelpersOps.cmpeqvMemcpyMbStorev(cpu, v, expect, dst, src, len, newv)
                : HelpersOps.cmpeqvMemcpyStorev(cpu, v, expect, dst, src, len, newv);
        check(committed == (before == expect), "the outcome of cmpeqv_memcpy_storev");
        check(Memory.getLong(v) == (committed ? newv : before), "what cmpeqv_memcpy_storev wrote");
        int copied = committed ? len : 0;
        for (int i = 0; i < BUFFER; i++) {
            if (Memory.getByte(dst + i) != (i < copied ? from : to)) {
                check(false, "byte " + i + " of what cmpeqv_memcpy_storev copied");
            }
        }
    }
}
