// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.c;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A test with each compiler in C: what sanitizers see is in the statements of a header, which are the same in C++, and a
 * sanitized program takes many times as long to compile.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@ParameterizedTest
@EnumSource(names = {"GCC_C11", "CLANG_GNU11"})
@interface EachCCompiler {}
