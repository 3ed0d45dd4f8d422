// SPDX-License-Identifier: Apache-2.0
package dev.opvc.runtime;

import dev.opvc.runtime.internal.doctor.Findings;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Tells what this machine and this JVM offer the runtime, and how it works with that: {@code java [OPTION]... -cp
 * CLASSPATH dev.opvc.runtime.Doctor [--json] [--need NAME]...}, with the options of the program in question.
 *
 * <p>The C runtime has the same as {@code opv-doctor}, with the same names.
 */
public final class Doctor {
    private static final int DONE = 0;
    private static final int MISSING = 1;
    private static final int CALL = 2;

    private static final String USAGE = "java -cp CLASSPATH dev.opvc.runtime.Doctor [--json] [--need NAME]...";

    private Doctor() {}

    /** Runs the program and ends the process. */
    public static void main(String[] args) {
        System.exit(run(List.of(args), System.out, System.err));
    }

    /**
     * Prints the findings, as lines for people or as one JSON object.
     *
     * @param args perhaps {@code --json}, and any number of {@code --need} with the name of a finding
     *     that is true or false
     * @return 0; 1 if something is missing that a {@code --need} or a system property asks for; 2 if the call is wrong
     */
    static int run(List<String> args, PrintStream out, PrintStream err) {
        Findings findings = Findings.find();
        Map<String, Boolean> offers = findings.offers();
        List<String> missing = new ArrayList<>(findings.refused());
        boolean json = false;
        for (int i = 0; i < args.size(); i++) {
            String argument = args.get(i);
            if (argument.equals("--json")) {
                json = true;
            } else if (argument.equals("--need") && i + 1 < args.size() && offers.containsKey(args.get(i + 1))) {
                i++;
                if (Boolean.FALSE.equals(offers.get(args.get(i)))) {
                    missing.add(args.get(i));
                }
            } else {
                err.println("opvc-runtime: this cannot be: " + argument + "; NAME is one of "
                        + String.join(", ", new TreeSet<>(offers.keySet())));
                err.println(USAGE);
                return CALL;
            }
        }
        out.print(json ? findings.json(missing) : findings.text(missing));
        out.flush();
        return missing.isEmpty() ? DONE : MISSING;
    }
}
