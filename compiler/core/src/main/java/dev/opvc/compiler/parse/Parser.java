// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.parse;

import dev.opvc.compiler.ast.SourceUnit;
import dev.opvc.compiler.diagnostic.Diagnostics;
import dev.opvc.compiler.source.SourceFile;
import dev.opvc.grammar.OpvLexer;
import dev.opvc.grammar.OpvParser;
import dev.opvc.grammar.OpvParser.FileContext;
import java.util.List;
import org.antlr.v4.runtime.CharStreams;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.atn.ATNState;
import org.antlr.v4.runtime.atn.PredictionMode;

/** Parses one file. */
public final class Parser {
    private Parser() {}

    /**
     * Returns the syntax tree of a file. What could not be parsed is reported and stands in the tree as broken; the
     * rest of the file is there, so that the phases behind can report what is wrong with it in the same run.
     */
    public static SourceUnit parse(SourceFile file, Diagnostics diagnostics) {
        return parseTokens(file, diagnostics).unit();
    }

    /** Does the same, and keeps what the syntax tree has no place for. */
    public static ParsedFile parseTokens(SourceFile file, Diagnostics diagnostics) {
        OpvLexer lexer = new OpvLexer(CharStreams.fromString(file.text(), file.name()));
        lexer.removeErrorListeners();
        CommonTokenStream tokens = new CommonTokenStream(lexer);
        tokens.fill();
        if (!new TokenCheck(file, diagnostics).check(tokens.getTokens())) {
            SourceUnit nothing = new SourceUnit(file, List.of(), null, List.of(), List.of(), false);
            return new ParsedFile(nothing, tokens, new FileContext(null, ATNState.INVALID_STATE_NUMBER));
        }
        OpvParser parser = new OpvParser(tokens);
        parser.removeErrorListeners();
        SyntaxErrors errors = new SyntaxErrors(file, diagnostics);
        parser.addErrorListener(errors);
        parser.setErrorHandler(new Recovery());
        parser.getInterpreter().setPredictionMode(PredictionMode.SLL);
        FileContext tree = parser.file();
        SourceUnit unit = new TreeBuilder(file, tokens, new Broken(tree, errors.places()), diagnostics).build(tree);
        return new ParsedFile(unit, tokens, tree);
    }
}
