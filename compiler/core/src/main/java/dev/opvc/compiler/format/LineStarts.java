// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.format;

import dev.opvc.compiler.format.LineStart.BlankLines;
import dev.opvc.compiler.parse.ParsedFile;
import dev.opvc.grammar.OpvParser.BlockContext;
import dev.opvc.grammar.OpvParser.DeclarationContext;
import dev.opvc.grammar.OpvParser.FieldContext;
import dev.opvc.grammar.OpvParser.FileContext;
import dev.opvc.grammar.OpvParser.IfStatementContext;
import dev.opvc.grammar.OpvParser.ImportDeclarationContext;
import dev.opvc.grammar.OpvParser.StatementContext;
import dev.opvc.grammar.OpvParser.StructDeclarationContext;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.tree.TerminalNode;
import org.jspecify.annotations.Nullable;

/** Which tokens begin a line, read from the parse tree. */
final class LineStarts {
    private static final int TOP = 0;

    private final CommonTokenStream tokens;
    private final Map<Integer, LineStart> byToken = new HashMap<>();

    LineStarts(ParsedFile parsed) {
        tokens = parsed.tokens();
        FileContext file = parsed.tree();
        if (file.packageDeclaration() != null) {
            begin(file.packageDeclaration(), TOP, BlankLines.AS_WRITTEN, false);
        }
        if (file.prefixDeclaration() != null) {
            begin(file.prefixDeclaration(), TOP, BlankLines.NONE, false);
        }
        List<ImportDeclarationContext> imports = file.importDeclaration();
        for (int i = 0; i < imports.size(); i++) {
            begin(imports.get(i), TOP, i == 0 ? BlankLines.ONE : BlankLines.NONE, false);
        }
        boolean constantBefore = false;
        for (DeclarationContext each : file.declaration()) {
            boolean constant = each.constDeclaration() != null;
            BlankLines blankLines = constant && constantBefore ? BlankLines.AS_WRITTEN : BlankLines.ONE;
            declaration(each, blankLines);
            constantBefore = constant;
        }
        put(file.EOF().getSymbol(), new LineStart(TOP, TOP, BlankLines.AS_WRITTEN, false));
    }

    /** How a token begins its line, or null if it does not. */
    @Nullable
    LineStart of(Token token) {
        return byToken.get(token.getTokenIndex());
    }

    private void put(Token token, LineStart start) {
        byToken.put(token.getTokenIndex(), start);
    }

    private void begin(ParserRuleContext context, int indent, BlankLines blankLines, boolean documented) {
        put(context.getStart(), new LineStart(indent, indent, blankLines, documented));
    }

    private void declaration(DeclarationContext context, BlankLines blankLines) {
        begin(context, TOP, blankLines, true);
        if (context.structDeclaration() != null) {
            struct(context.structDeclaration());
        } else if (context.unitDeclaration() != null) {
            block(context.unitDeclaration().block(), TOP);
        }
    }

    private void struct(StructDeclarationContext context) {
        for (FieldContext each : context.field()) {
            begin(each, TOP + 1, BlankLines.AS_WRITTEN, true);
        }
        close(context.RBRACE(), context.field().isEmpty(), new LineStart(TOP, TOP + 1, BlankLines.AS_WRITTEN, false));
    }

    private void block(BlockContext context, int indent) {
        statements(context.statement(), indent + 1);
        int commentIndent = innermost(context.statement(), indent + 1);
        close(
                context.RBRACE(),
                context.statement().isEmpty(),
                new LineStart(indent, commentIndent, BlankLines.AS_WRITTEN, false));
    }

    /** Braces that hold nothing, not even a comment, stay together. */
    private void close(TerminalNode brace, boolean empty, LineStart start) {
        if (!empty || hasCommentBefore(brace.getSymbol())) {
            put(brace.getSymbol(), start);
        }
    }

    private boolean hasCommentBefore(Token token) {
        List<Token> hidden = tokens.getHiddenTokensToLeft(token.getTokenIndex());
        return hidden != null && hidden.stream().anyMatch(Comment::is);
    }

    private void statements(List<StatementContext> contexts, int indent) {
        for (StatementContext each : contexts) {
            begin(each, indent, BlankLines.AS_WRITTEN, false);
            if (each.ifStatement() != null) {
                conditional(each.ifStatement(), indent);
            }
        }
    }

    private void conditional(IfStatementContext context, int indent) {
        context.block().forEach(block -> block(block, indent));
        context.elseIf().forEach(link -> block(link.block(), indent));
        statements(context.statement(), indent + 1);
    }

    /** What an unbraced {@code then} guards runs to the end of its block, and so do the comments in it. */
    private static int innermost(List<StatementContext> contexts, int indent) {
        if (contexts.isEmpty()) {
            return indent;
        }
        IfStatementContext last = contexts.get(contexts.size() - 1).ifStatement();
        return last == null || !last.block().isEmpty() ? indent : innermost(last.statement(), indent + 1);
    }
}
