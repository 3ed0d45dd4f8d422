// SPDX-License-Identifier: Apache-2.0
package dev.opvc.runtime.internal.os;

import java.util.BitSet;

/** The kernel's lists of CPUs, such as {@code 0-3,8}: the format of the files in /sys/devices/system/cpu. */
public final class CpuLists {
    private CpuLists() {}

    /** Parses a list; throws IllegalArgumentException where the text is none, or is empty. */
    public static BitSet parse(String text) {
        BitSet cpus = new BitSet();
        for (String range : text.strip().split(",", -1)) {
            int dash = range.indexOf('-');
            int first = number(dash < 0 ? range : range.substring(0, dash), text);
            int last = dash < 0 ? first : number(range.substring(dash + 1), text);
            if (last < first) {
                throw new IllegalArgumentException("not a list of CPUs: \"" + text.strip() + "\"");
            }
            cpus.set(first, last + 1);
        }
        return cpus;
    }

    /** Writes a list; the empty one is empty. */
    public static String format(BitSet cpus) {
        StringBuilder text = new StringBuilder();
        for (int first = cpus.nextSetBit(0); first >= 0; ) {
            int end = cpus.nextClearBit(first);
            text.append(text.isEmpty() ? "" : ",").append(first);
            if (end - 1 > first) {
                text.append('-').append(end - 1);
            }
            first = cpus.nextSetBit(end);
        }
        return text.toString();
    }

    private static int number(String digits, String text) {
        try {
            return Integer.parseInt(digits.strip());
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("not a list of CPUs: \"" + text.strip() + "\"", e);
        }
    }
}
