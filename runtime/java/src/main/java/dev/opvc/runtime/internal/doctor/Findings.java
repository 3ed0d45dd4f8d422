// SPDX-License-Identifier: Apache-2.0
package dev.opvc.runtime.internal.doctor;

import dev.opvc.runtime.EngineUnavailableException;
import dev.opvc.runtime.Engines;
import dev.opvc.runtime.RuntimeVersion;
import dev.opvc.runtime.internal.engine.Settings;
import dev.opvc.runtime.internal.memory.Regions;
import dev.opvc.runtime.internal.os.Affinity;
import dev.opvc.runtime.internal.os.CpuLists;
import dev.opvc.runtime.internal.os.Libc;
import dev.opvc.runtime.internal.os.PossibleCpus;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What was found, in the order in which it is printed. */
public final class Findings {
    /** Values are {@code String}, {@code Long} or {@code Boolean}, which is how JSON shows them. */
    private final Map<String, Object> values = new LinkedHashMap<>();

    private final Map<String, String> labels = new LinkedHashMap<>();
    private List<String> refused = List.of();

    private Findings() {}

    /** Looks at everything. It takes some milliseconds, and chooses the engine of the process if there is none yet. */
    public static Findings find() {
        Findings findings = new Findings();
        findings.findSystem();
        findings.findCpus();
        findings.findKernel();
        findings.findEngine();
        findings.findJvm();
        return findings;
    }

    /** What a caller can ask for: whether it is there, by its name. */
    public Map<String, Boolean> offers() {
        return values.entrySet().stream()
                .filter(finding -> finding.getValue() instanceof Boolean)
                .collect(Collectors.toMap(Map.Entry::getKey, finding -> (Boolean) finding.getValue()));
    }

    /** What system properties ask for and is not there. */
    public List<String> refused() {
        return refused;
    }

    /** A line for each. */
    public String text(List<String> missing) {
        StringBuilder text = new StringBuilder();
        values.forEach((name, value) -> text.append(labels.get(name))
                .append(": ")
                .append(value instanceof Boolean there ? (there ? "yes" : "no") : value)
                .append('\n'));
        missing.forEach(name -> text.append("missing: ").append(name).append('\n'));
        return text.toString();
    }

    /** One line with one object. */
    public String json(List<String> missing) {
        String members = values.entrySet().stream()
                .map(finding -> quoted(finding.getKey()) + ": "
                        + (finding.getValue() instanceof String text ? quoted(text) : finding.getValue()))
                .collect(Collectors.joining(", "));
        String names = missing.stream().map(Findings::quoted).collect(Collectors.joining(", "));
        return "{" + members + ", \"missing\": [" + names + "]}\n";
    }

    private void findSystem() {
        put("runtime", "runtime", "Java " + RuntimeVersion.text());
        put(
                "kernel",
                "kernel",
                System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
                        + System.getProperty("os.arch"));
    }

    private void findCpus() {
        put("possibleCpus", "possible CPUs", PossibleCpus.list());
        put("possibleCpusFrom", "  learned from", PossibleCpus.source());
        put("slots", "  slots of an instance", (long) PossibleCpus.SLOTS);
        put("usableCpus", "usable CPUs", CpuLists.format(Affinity.ofCallingThread()));
        put("usableCpusFrom", "  learned from", "sched_getaffinity");
    }

    private void findKernel() {
        KernelOffers.Offer rseq = KernelOffers.rseq();
        put("rseq", "rseq registered", rseq.there());
        put("rseqWhy", "  because", rseq.why());
        KernelOffers.Offer membarrier = KernelOffers.membarrier();
        put("membarrier", "membarrier", membarrier.there());
        put("membarrierWhy", "  because", membarrier.why());
    }

    private void findEngine() {
        String asked = System.getProperty(Settings.ENGINE_NUMBER);
        try {
            put("engine", "engine", Engines.current().name());
            put(
                    "engineWhy",
                    "  because",
                    asked == null
                            ? "the system property " + Settings.ENGINE_NUMBER + " does not ask for the kernel's"
                            : "system call " + asked + ", which the system property names, answers as cpu_opv");
        } catch (EngineUnavailableException e) {
            refused = List.of("engine");
            put("engine", "engine", "none");
            put("engineWhy", "  because", String.valueOf(e.getMessage()));
        }
        put("form", "form of generated methods", System.getProperty(Settings.FORM, "direct"));
        put("slotGranule", "bytes that a slot is a multiple of, for each CPU", (long) Regions.ALIGNMENT);
        put("slotStride", "bytes of address space between two CPUs", Regions.stride());
    }

    private void findJvm() {
        put("java", "Java", Runtime.version() + ", " + System.getProperty("java.vm.name"));
        put("reach", "memory and C library reached by", Libc.WAY);
        boolean granted = Libc.isAccessGranted();
        put("nativeAccess", "native access granted", granted);
        put(
                "missingOptions",
                "  options of the JVM to add",
                granted ? "none" : "--enable-native-access=ALL-UNNAMED (or =dev.opvc.runtime, in a module)");
    }

    private void put(String name, String label, Object value) {
        values.put(name, value);
        labels.put(name, label);
    }

    /** A JSON string. */
    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        text.chars().forEach(c -> {
            if (c == '"' || c == '\\') {
                quoted.append('\\').append((char) c);
            } else if (c < ' ') {
                quoted.append(String.format("\\u%04x", c));
            } else {
                quoted.append((char) c);
            }
        });
        return quoted.append('"').toString();
    }
}
