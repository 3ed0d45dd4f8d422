// SPDX-License-Identifier: Apache-2.0
package dev.opvc.cli;

import dev.opvc.compiler.CompilerVersion;
import picocli.CommandLine.IVersionProvider;

/** The version that the build was given. */
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        return new String[] {"opvc " + number()};
    }

    static String number() {
        return CompilerVersion.number();
    }
}
