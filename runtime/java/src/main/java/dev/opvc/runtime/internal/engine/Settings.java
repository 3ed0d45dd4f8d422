// SPDX-License-Identifier: Apache-2.0
package dev.opvc.runtime.internal.engine;

/** The names of the system properties that choose engine and form. */
public final class Settings {
    public static final String ENGINE_NUMBER = "opvc.cpu_opv.number";
    public static final String FORM = "opvc.form";

    private Settings() {}
}
