// SPDX-License-Identifier: Apache-2.0
package dev.opvc.samples.stress;

import dev.opvc.runtime.Cpus;
import dev.opvc.runtime.Forms;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongFunction;

/**
 * Stresses the transactions of the samples: {@code Stress direct|vector|both [OPERATIONS [STRUCTURE]]}.
 *
 * <p>Eight threads work on two CPUs. Every few hundred microseconds one of them is moved to another. A further thread
 * looks whether any slot is between two transactions. With {@code both}, the generated methods have the direct form,
 * and a third of the operations are vectors that are built by hand.
 *
 * <p>The system property {@code stress.seed} sets what is random.
 */
public final class Stress {
    static final int WORKERS = 8;

    private static final int CPUS_MAX = 2;
    private static final long OPERATIONS = 100_000;

    /** How long the threads are left where they are. */
    private static final int STAY_MIN_NANOS = 100_000;

    private static final int STAY_SPREAD_NANOS = 400_000;

    /** How long the thread that checks slots leaves the processor to others. */
    private static final long CHECK_PAUSE_NANOS = 20_000;

    private static final AtomicBoolean HAS_FAILED = new AtomicBoolean();

    private final String form;
    private final SplittableRandom seeds;
    private final BitSet allowed;

    private Stress(String form, long seed, BitSet allowed) {
        this.form = form;
        this.seeds = new SplittableRandom(seed);
        this.allowed = allowed;
    }

    public static void main(String[] arguments) throws InterruptedException {
        String form = arguments.length > 0 ? arguments[0] : "";
        long operations = arguments.length > 1 ? Long.parseLong(arguments[1]) : OPERATIONS;
        if (!List.of("direct", "vector", "both").contains(form) || operations <= 0 || operations > Integer.MAX_VALUE) {
            System.err.println("Stress direct|vector|both [OPERATIONS [histogram|free-list|ring]]");
            System.exit(2);
        }
        // Before the runtime is used first.
        System.setProperty(Forms.FORM_PROPERTY, form.equals("vector") ? "vector" : "direct");
        Thread.setDefaultUncaughtExceptionHandler((thread, thrown) -> {
            thrown.printStackTrace();
            fail(thrown.toString());
        });
        long seed = Long.getLong("stress.seed", System.nanoTime());
        BitSet allowed = firstCpus();
        System.out.printf(
                "Java, %s: %d threads on %d CPUs of %d, stress.seed=%d%n",
                described(form), WORKERS, allowed.cardinality(), Cpus.possible(), seed);
        Stress stress = new Stress(form, seed, allowed);
        Map<String, LongFunction<Subject>> subjects = new LinkedHashMap<>();
        subjects.put("histogram", all -> new HistogramSubject());
        subjects.put("free-list", all -> new FreeListSubject());
        subjects.put("ring", RingSubject::new);
        if (arguments.length > 2) {
            subjects.keySet().retainAll(List.of(arguments[2]));
        }
        for (Map.Entry<String, LongFunction<Subject>> subject : subjects.entrySet()) {
            stress.run(subject.getKey(), subject.getValue().apply(operations), operations);
        }
    }

    /** Says what is wrong, and ends the process: what was found wrong may be what others rely on. */
    static Error fail(String message) {
        if (HAS_FAILED.compareAndSet(false, true)) {
            System.err.println("Java: WRONG: " + message);
            Runtime.getRuntime().halt(1);
        }
        // Another thread is about to end the process.
        LockSupport.park();
        return new AssertionError(message);
    }

    private static String described(String form) {
        return form.equals("both") ? "both forms" : form + " form";
    }

    /** The first CPUs that the process may run on. */
    private static BitSet firstCpus() {
        BitSet cpus = Affinities.of(Affinities.callingThread());
        while (cpus.cardinality() > CPUS_MAX) {
            cpus.clear(cpus.length() - 1);
        }
        return cpus;
    }

    private void run(String name, Subject subject, long operations) throws InterruptedException {
        Crew crew = new Crew(subject, operations);
        long start = System.nanoTime();
        crew.run();
        double seconds = (System.nanoTime() - start) / 1e9;
        subject.finish(operations);
        System.out.printf(
                "Java, %s: %s: %d operations in %.1f s, %d moves, %d slots checked: all right%n",
                described(form), name, operations, seconds, crew.moves, crew.checks);
    }

    /** Who works on a subject. */
    private final class Crew {
        private final Subject subject;
        private final List<Worker> workers = new ArrayList<>();
        private final Worker server = new Worker(WORKERS + 1, 0, seeds.nextLong(), false);
        private final AtomicBoolean working = new AtomicBoolean(true);
        private long moves;
        private long checks;

        Crew(Subject subject, long operations) {
            this.subject = subject;
            for (int i = 0; i < WORKERS; i++) {
                long share = operations / WORKERS + (i < operations % WORKERS ? 1 : 0);
                workers.add(new Worker(i + 1, share, seeds.nextLong(), form.equals("both")));
            }
        }

        void run() throws InterruptedException {
            List<Thread> others = List.of(
                    new Thread(() -> torment(seeds.split()), "tormentor"),
                    new Thread(() -> checkSlots(seeds.split()), "checker"),
                    new Thread(this::serve, "server"));
            List<Thread> threads = new ArrayList<>();
            for (Worker worker : workers) {
                threads.add(new Thread(() -> work(worker), "worker " + worker.name));
            }
            others.forEach(Thread::start);
            threads.forEach(Thread::start);
            for (Thread thread : threads) {
                thread.join();
            }
            working.set(false);
            for (Thread thread : others) {
                thread.join();
            }
        }

        private void work(Worker worker) {
            begin(worker);
            subject.work(worker);
            worker.thread = Affinities.NO_THREAD;
        }

        private void serve() {
            begin(server);
            boolean goesOn;
            do {
                goesOn = working.get();
                subject.serve();
                Thread.yield();
            } while (goesOn);
            server.thread = Affinities.NO_THREAD;
        }

        private void begin(Worker worker) {
            int thread = Affinities.callingThread();
            Affinities.move(thread, allowed);
            worker.thread = thread;
        }

        /** Moves a thread to one of the CPUs, or lets it run on all of them, again and again. */
        private void torment(SplittableRandom random) {
            int[] cpus = allowed.stream().toArray();
            while (working.get()) {
                int victim = random.nextInt(WORKERS + 1);
                int thread = (victim < WORKERS ? workers.get(victim) : server).thread;
                int choice = random.nextInt(cpus.length + 1);
                BitSet one = new BitSet();
                one.set(cpus[choice % cpus.length]);
                if (thread != Affinities.NO_THREAD) {
                    Affinities.move(thread, choice < cpus.length ? one : allowed);
                    moves++;
                }
                LockSupport.parkNanos(STAY_MIN_NANOS + random.nextInt(STAY_SPREAD_NANOS));
            }
        }

        private void checkSlots(SplittableRandom random) {
            while (working.get()) {
                for (int cpu = 0; cpu < Cpus.possible(); cpu++) {
                    if (Cpus.isPossible(cpu)) {
                        subject.checkSlot(cpu, random);
                        checks++;
                    }
                }
                subject.checkAll();
                LockSupport.parkNanos(CHECK_PAUSE_NANOS);
            }
        }
    }
}
