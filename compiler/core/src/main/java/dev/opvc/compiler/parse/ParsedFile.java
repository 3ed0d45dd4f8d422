// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.parse;

import dev.opvc.compiler.ast.SourceUnit;
import dev.opvc.grammar.OpvParser.FileContext;
import org.antlr.v4.runtime.CommonTokenStream;

/**
 * A file as the parser saw it, for who needs all that is written.
 *
 * @param unit the syntax tree
 * @param tokens every token; comments and white space are on the hidden channel
 * @param tree the grammar's rules, as they matched; of use only if nothing was wrong with the file
 */
public record ParsedFile(SourceUnit unit, CommonTokenStream tokens, FileContext tree) {}
