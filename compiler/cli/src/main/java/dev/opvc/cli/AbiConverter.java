// SPDX-License-Identifier: Apache-2.0
package dev.opvc.cli;

import dev.opvc.compiler.model.Abi;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code --abi}. */
final class AbiConverter implements ITypeConverter<Abi> {
    @Override
    public Abi convert(String value) {
        return switch (value) {
            case "lp64" -> Abi.LP64;
            case "ilp32" -> Abi.ILP32;
            default -> throw new TypeConversionException("'" + value + "' is neither lp64 nor ilp32");
        };
    }
}
