// SPDX-License-Identifier: Apache-2.0
package dev.opvc.runtime;

import dev.opvc.runtime.internal.engine.Exclusion;
import dev.opvc.runtime.internal.memory.Beginnings;
import dev.opvc.runtime.internal.memory.Regions;
import java.lang.invoke.VarHandle;
import java.lang.ref.Cleaner;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;

/**
 * Memory outside the heap with one slot for each possible CPU. Slots are 128-byte aligned and do not share cache lines.
 *
 * <p>All methods may be called from any thread. A thread that has got hold of an instance sees its slots initialised,
 * however it got hold of it.
 *
 * <p>Memory of a closed instance goes to later ones; it is never given back to the system. So an address that is used
 * after {@link #close()} reads and writes another instance's data, which vectors prevent by {@link OpVector#within};
 * it never ends the process. An instance that is no longer reachable is closed some time after: whoever keeps an
 * address of a slot must keep the instance too.
 */
public final class PerCpuMemory implements AutoCloseable {
    private static final Cleaner CLEANER = Cleaner.create();

    /** How often unreachable instances are looked for before there is no memory left. */
    private static final int COLLECTIONS = 9;

    /** What the first time takes at most; each further one twice as long. */
    private static final long CLEANING_NANOS = 1_000_000;

    /**
     * What {@link #offset} is after close: there every region has its exclusion, and no instance. A thread that got the
     * instance by a race may find this before it sees what the constructor wrote, so alone it says nothing.
     */
    private static final long CLOSED = 0;

    private final Share share;
    private final Cleaner.Cleanable cleanable;

    /**
     * Offset of this instance in every region, or {@link #CLOSED}. Neither final nor volatile, because it is read under
     * a CPU's exclusion, which {@link #close} passes after it has changed it.
     */
    private long offset;

    private PerCpuMemory(Share share) {
        this.share = share;
        this.offset = share.instance;
        this.cleanable = CLEANER.register(this, share::close);
    }

    /**
     * Allocates a slot for every possible CPU. Slots take no memory of CPUs that are not used, but address space: pages
     * are written to from the first unit on that runs on a CPU, or from the first {@link #slot} for it.
     *
     * @param slotSize bytes of a slot, 1 or more
     * @param initializer called once, with the address of zeroed memory like a slot, of which every slot begins as a
     *     copy; if it throws, nothing is allocated
     * @throws IllegalArgumentException if the size is not positive or larger than a slot can be
     * @throws OutOfMemoryError if no per-CPU memory of this size is left
     * @throws EngineUnavailableException if the engine that was asked for cannot work here
     */
    public static PerCpuMemory allocate(long slotSize, LongConsumer initializer) {
        Engines.current();
        if (slotSize <= 0 || slotSize > Regions.largestSlot()) {
            throw new IllegalArgumentException(
                    "size of a slot is " + slotSize + " bytes; it must be 1 to " + Regions.largestSlot());
        }
        Share share = new Share(Regions.roundUp(slotSize));
        boolean initialized = false;
        try {
            share.initialize(initializer);
            initialized = true;
        } finally {
            if (!initialized) {
                share.close();
            }
        }
        return new PerCpuMemory(share);
    }

    /**
     * The address of a CPU's slot. Whoever asks for it may use it in any way, so that this CPU takes memory from then on;
     * {@link #slotToRead} does not.
     *
     * @throws IllegalArgumentException if the CPU is not possible
     * @throws IllegalStateException if this instance is closed
     */
    public long slot(int cpu) {
        if (!Cpus.isPossible(cpu)) {
            Cpus.checkPossible(cpu);
        }
        if (!isOpen()) {
            throw closed();
        }
        Exclusion.use(cpu);
        return Regions.slot(cpu, share.instance);
    }

    /**
     * The address of memory that holds what a CPU's slot does, for generated code that copies out of it by {@link
     * OpVector#snapshot}. If nothing has run on the CPU yet, that is not the slot, and nobody writes to it.
     *
     * @throws IllegalArgumentException if the CPU is not possible
     * @throws IllegalStateException if this instance is closed
     */
    public long slotToRead(int cpu) {
        Cpus.checkPossible(cpu);
        if (!isOpen()) {
            throw closed();
        }
        return Exclusion.regionToRead(cpu) + share.instance;
    }

    /**
     * The address of the slot in a CPU's region, for generated code: under the CPU's exclusion the slot is this
     * instance's until that ends, and in a snapshot until that turns out to be none.
     *
     * @param region what {@link CpuExclusion} returned
     * @throws IllegalStateException if this instance is closed
     */
    public long slotIn(long region) {
        long instance = offset;
        if (instance == CLOSED) {
            if (share.closed) {
                throw closed();
            }
            instance = share.instance;
        }
        return region + instance;
    }

    /** Whether {@link #close()} has not been called yet. */
    public boolean isOpen() {
        return !share.closed;
    }

    /**
     * Ends the use of this instance: waits until no vector is under way on any CPU, so that every vector on this
     * instance either has happened or will not. Closing again does nothing, and does not
     * wait for another thread that is closing. Must not be called from an initializer.
     */
    @Override
    public void close() {
        // The cleaner lets one caller through. Another one returns at once, and even then this is closed.
        share.closed = true;
        offset = CLOSED;
        cleanable.clean();
    }

    static IllegalStateException closed() {
        return new IllegalStateException("this per-CPU memory is closed");
    }

    /** What an instance holds: apart from it, so that it can be given back when the instance is unreachable. */
    private static final class Share {
        private final long slotSize;
        private final long instance;

        /** Open is what a field is by default, and so what a thread that got the instance by a race finds. */
        private volatile boolean closed;

        Share(long slotSize) {
            this.slotSize = slotSize;
            this.instance = take(slotSize);
        }

        /** As direct buffers do: what is unreachable is used before memory is said to be out. */
        private static long take(long slotSize) {
            for (int turn = 0; turn < COLLECTIONS; turn++) {
                long instance = Regions.takeInstance(slotSize);
                if (instance >= 0) {
                    return instance;
                }
                System.gc();
                // The cleaner runs in a thread of its own, and takes longer each time there is more to be cleaned.
                LockSupport.parkNanos(CLEANING_NANOS << turn);
            }
            long instance = Regions.takeInstance(slotSize);
            if (instance < 0) {
                throw new OutOfMemoryError(
                        "no per-CPU memory is left for slots of " + slotSize + " bytes; each CPU has "
                                + Regions.largestSlot() + " bytes: close instances that are no longer used");
            }
            return instance;
        }

        void initialize(LongConsumer initializer) {
            long usedBefore = Beginnings.clear(instance, slotSize);
            initializer.accept(Regions.blank() + instance);
            Beginnings.begin(instance, slotSize, usedBefore);
            // A thread that gets the instance by a race sees its final fields; with this fence, the slots as well.
            VarHandle.releaseFence();
        }

        // Units look whether the instance is open under their CPU's word. One that found it open holds the word until
        // it is done, so passing every word waits for it; one that takes the word later finds it closed. A snapshot
        // that found it open and reads on when its memory has a new owner is none, because passing changes the version.
        // Called once: by the cleaner, or for an instance that never came to be.
        void close() {
            closed = true;
            Exclusion.passEveryCpu();
            Beginnings.end(instance);
            Regions.giveInstance(instance, slotSize);
        }
    }
}
