// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.differential;

import dev.opvc.compiler.model.Parameter;
import dev.opvc.compiler.model.Program;
import dev.opvc.compiler.model.StructType;
import java.util.Locale;
import java.util.Optional;

/** What generated code calls things, where no name clashes: as the language's reference says. */
final class TargetNames {
    private TargetNames() {}

    /** The struct that a unit belongs to. */
    static Optional<StructType> owner(Unit unit) {
        return unit.parameters().stream()
                .filter(Parameter::perCpu)
                .map(Parameter::struct)
                .findFirst();
    }

    static String javaClass(Program program, Unit unit) {
        String simple = owner(unit).map(StructType::name).orElseGet(() -> camel(stem(program), true) + "Ops");
        return inPackage(program, simple);
    }

    static String javaClass(Program program, StructType struct) {
        return inPackage(program, struct.name());
    }

    private static String inPackage(Program program, String simple) {
        return program.packageName().isEmpty() ? simple : program.packageName() + "." + simple;
    }

    /** A name in Java: the letter behind an underscore becomes a capital. */
    static String camel(String name, boolean capital) {
        StringBuilder camel = new StringBuilder();
        boolean up = capital;
        for (int i = 0; i < name.length(); i++) {
            char each = name.charAt(i);
            if (each == '_' || each == '-') {
                up = true;
            } else {
                camel.append(up ? Character.toUpperCase(each) : each);
                up = false;
            }
        }
        return camel.toString();
    }

    static String tag(StructType struct) {
        return struct.name().replaceAll("(?<=[a-z0-9])(?=[A-Z])", "_").toLowerCase(Locale.ROOT);
    }

    static String header(Program program) {
        return program.path() + ".h";
    }

    /** The beginning of all names in C that belong to a unit. */
    static String function(Program program, Unit unit) {
        return owner(unit).map(TargetNames::tag).orElseGet(() -> stem(program)) + "_" + unit.name();
    }

    private static String stem(Program program) {
        String file = program.path().substring(program.path().lastIndexOf('/') + 1);
        return file.substring(0, file.indexOf('.'));
    }
}
