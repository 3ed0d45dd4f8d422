// SPDX-License-Identifier: Apache-2.0
package dev.opvc.cli;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Reads the name of a file or folder.
 *
 * <p>Java decodes arguments, and encodes file names, with the locale's character set. In the locale C that is ASCII, so
 * that other names do not arrive; the launcher sees to it that this does not happen.
 */
final class PathConverter implements ITypeConverter<Path> {
    private static final char UNDECODABLE = '\ufffd';

    @Override
    public Path convert(String value) {
        if (value.isEmpty()) {
            throw new TypeConversionException("the name is empty");
        }
        if (value.indexOf(UNDECODABLE) >= 0) {
            throw cannotName(value);
        }
        try {
            return Path.of(value);
        } catch (InvalidPathException e) {
            throw cannotName(value);
        }
    }

    private static TypeConversionException cannotName(String value) {
        return new TypeConversionException("'" + value + "' is no file name in the character set "
                + System.getProperty("sun.jnu.encoding") + " of this locale; LC_ALL=C.UTF-8 may mend that");
    }
}
