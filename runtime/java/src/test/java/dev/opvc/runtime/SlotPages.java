// SPDX-License-Identifier: Apache-2.0
package dev.opvc.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Run where thousands of CPUs are possible: looks that slots begin as they should, and at what they cost. */
final class SlotPages {
    private static final Pattern RANGE = Pattern.compile("([0-9a-f]{1,15})-([0-9a-f]{1,15}) .*");
    private static final int SLOT_BYTES = 200;
    private static final long PATTERN = 0x7FF0_0000_0000_0000L;

    private SlotPages() {}

    public static void main(String[] arguments) throws IOException {
        int last = Cpus.possible() - 1;
        PerCpuMemory zeros = PerCpuMemory.allocate(SLOT_BYTES, slot -> {});
        PerCpuMemory patterned = PerCpuMemory.allocate(SLOT_BYTES, SlotPages::initialize);
        require(allHold(zeros, 0) && allHold(patterned, PATTERN), "a slot does not begin as it should");
        add(patterned, 0);
        add(zeros, 0);
        require(look(patterned, 0) == PATTERN + 1 && look(zeros, 0) == 1, "a slot lacks what was added");
        require(look(patterned, last) == PATTERN, "a slot lacks what it began with");
        drainOfNothing(patterned, last);
        patterned.close();
        zeros.close();
        PerCpuMemory again = PerCpuMemory.allocate(SLOT_BYTES, slot -> {});
        PerCpuMemory later = PerCpuMemory.allocate(SLOT_BYTES, SlotPages::initialize);
        require(allHold(again, 0) && allHold(later, PATTERN), "recycled memory does not begin as it should");
        add(later, last);
        require(look(later, last) == PATTERN + 1, "a CPU that is used later lacks what its slot began with");
        require(Memory.getLong(later.slot(last / 2) + Long.BYTES) == PATTERN, "a slot that is asked for is empty");
        System.out.println("KiB=" + residentKib(later.slot(0)) + " CPUs=" + (last + 1));
    }

    private static void initialize(long slot) {
        for (int at = 0; at < SLOT_BYTES; at += Long.BYTES) {
            Memory.putLong(slot + at, PATTERN);
        }
    }

    private static void require(boolean holds, String what) {
        if (!holds) {
            throw new AssertionError(what);
        }
    }

    private static boolean allHold(PerCpuMemory memory, long value) {
        for (int cpu = 0; cpu < Cpus.possible(); cpu++) {
            if (look(memory, cpu) != value) {
                return false;
            }
        }
        return true;
    }

    private static long look(PerCpuMemory memory, int cpu) {
        long region = CpuExclusion.region(cpu);
        long version = CpuExclusion.version(region);
        long value = Memory.getLong(memory.slotIn(region));
        require(CpuExclusion.isStill(region, version), "nobody else is there");
        OpVector vector = OpVector.begin().within(memory);
        long room = vector.room(Long.BYTES);
        vector.memcpy(room, memory.slotToRead(cpu), Long.BYTES).snapshot(cpu);
        require(Memory.getLong(room) == value, "two ways to look at a slot differ");
        return value;
    }

    private static void add(PerCpuMemory memory, int cpu) {
        long region = CpuExclusion.enter(cpu);
        try {
            long slot = memory.slotIn(region);
            Memory.putLong(slot, Memory.getLong(slot) + 1);
        } finally {
            CpuExclusion.leave(region);
        }
    }

    private static void drainOfNothing(PerCpuMemory memory, int cpu) {
        long region = CpuExclusion.enterToDrain(cpu);
        try {
            long slot = memory.slotIn(region);
            require(Memory.getLong(slot) == PATTERN, "a drain finds something");
            Memory.putLong(slot, PATTERN);
        } finally {
            CpuExclusion.leave(region);
        }
    }

    /** What the mapping takes in which an address lies. */
    private static long residentKib(long address) throws IOException {
        boolean within = false;
        for (String line : Files.readAllLines(Path.of("/proc/self/smaps"))) {
            Matcher range = RANGE.matcher(line);
            if (range.matches()) {
                within = Long.parseUnsignedLong(range.group(1), 16) <= address
                        && address < Long.parseUnsignedLong(range.group(2), 16);
            } else if (within && line.startsWith("Rss:")) {
                return Long.parseLong(line.replaceAll("\\D", ""));
            }
        }
        throw new AssertionError("no mapping has this address");
    }
}
