// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.parse;

import dev.opvc.compiler.ast.ArrayLength;
import dev.opvc.compiler.ast.Declaration;
import dev.opvc.compiler.ast.Declaration.ConstDeclaration;
import dev.opvc.compiler.ast.Declaration.FieldDeclaration;
import dev.opvc.compiler.ast.Declaration.ParameterDeclaration;
import dev.opvc.compiler.ast.Declaration.ResultDeclaration;
import dev.opvc.compiler.ast.Declaration.StructDeclaration;
import dev.opvc.compiler.ast.Declaration.TableDeclaration;
import dev.opvc.compiler.ast.Declaration.UnitDeclaration;
import dev.opvc.compiler.ast.SourceUnit;
import dev.opvc.compiler.ast.SourceUnit.ImportDeclaration;
import dev.opvc.compiler.ast.TypeReference;
import dev.opvc.compiler.diagnostic.Diagnostics;
import dev.opvc.compiler.language.Identifier;
import dev.opvc.compiler.language.UnitKind;
import dev.opvc.compiler.source.SourceFile;
import dev.opvc.grammar.OpvLexer;
import dev.opvc.grammar.OpvParser.ArrayLengthContext;
import dev.opvc.grammar.OpvParser.ConstDeclarationContext;
import dev.opvc.grammar.OpvParser.DeclarationContext;
import dev.opvc.grammar.OpvParser.ExpressionContext;
import dev.opvc.grammar.OpvParser.FieldContext;
import dev.opvc.grammar.OpvParser.FileContext;
import dev.opvc.grammar.OpvParser.ImportDeclarationContext;
import dev.opvc.grammar.OpvParser.OutcomeContext;
import dev.opvc.grammar.OpvParser.ParameterContext;
import dev.opvc.grammar.OpvParser.ResultContext;
import dev.opvc.grammar.OpvParser.ResultLengthContext;
import dev.opvc.grammar.OpvParser.StructDeclarationContext;
import dev.opvc.grammar.OpvParser.UnitDeclarationContext;
import java.util.ArrayList;
import java.util.List;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.jspecify.annotations.Nullable;

/** Makes the syntax tree of a file from the parser's tree: declarations here, what stands in bodies by helpers. */
final class TreeBuilder {
    private static final String DOC_OPENING = "/**";
    private static final String EMPTY_COMMENT = "/**/";

    private final SourceFile file;
    private final CommonTokenStream tokens;
    private final Broken broken;
    private final ExpressionBuilder expressions;
    private final StatementBuilder statements;

    TreeBuilder(SourceFile file, CommonTokenStream tokens, Broken broken, Diagnostics diagnostics) {
        this.file = file;
        this.tokens = tokens;
        this.broken = broken;
        this.expressions = new ExpressionBuilder(file, broken, diagnostics);
        this.statements = new StatementBuilder(file, broken, expressions, diagnostics);
    }

    SourceUnit build(FileContext context) {
        List<Identifier> packageName = new ArrayList<>();
        if (context.packageDeclaration() != null && !broken.is(context.packageDeclaration())) {
            context.packageDeclaration().name().forEach(part -> packageName.add(expressions.identifier(part)));
        }
        Identifier prefix = context.prefixDeclaration() == null || broken.is(context.prefixDeclaration())
                ? null
                : expressions.identifier(context.prefixDeclaration().name());
        List<ImportDeclaration> imports = new ArrayList<>();
        for (ImportDeclarationContext each : context.importDeclaration()) {
            if (!broken.is(each)) {
                imports.add(importDeclaration(each));
            }
        }
        List<Declaration> declarations = new ArrayList<>();
        for (DeclarationContext each : context.declaration()) {
            Declaration declaration = declaration(each);
            if (declaration != null) {
                declarations.add(declaration);
            }
        }
        boolean complete =
                broken.allWithin(declarations.stream().map(Declaration::span).toList());
        return new SourceUnit(file, packageName, prefix, imports, declarations, complete);
    }

    private ImportDeclaration importDeclaration(ImportDeclarationContext context) {
        Token path = context.STRING().getSymbol();
        String quoted = path.getText();
        return new ImportDeclaration(quoted.substring(1, quoted.length() - 1), Spans.of(file, path));
    }

    private @Nullable Declaration declaration(DeclarationContext context) {
        if (context.constDeclaration() != null) {
            return constant(context.constDeclaration());
        }
        if (context.structDeclaration() != null) {
            return struct(context.structDeclaration());
        }
        return context.unitDeclaration() == null ? null : unit(context.unitDeclaration());
    }

    private @Nullable Declaration constant(ConstDeclarationContext context) {
        if (broken.is(context.name())) {
            return null;
        }
        if (context.type() != null) {
            return table(context);
        }
        return new ConstDeclaration(
                expressions.identifier(context.name()),
                expressions.build(context.expression()),
                doc(context),
                Spans.of(file, context),
                broken.is(context));
    }

    private Declaration table(ConstDeclarationContext context) {
        boolean inError = broken.is(context) || context.table() == null || broken.is(context.table());
        return new TableDeclaration(
                expressions.identifier(context.name()),
                expressions.type(context.type()),
                inError
                        ? List.of()
                        : context.table().expression().stream()
                                .map(expressions::build)
                                .toList(),
                doc(context),
                Spans.of(file, context),
                inError);
    }

    private @Nullable Declaration struct(StructDeclarationContext context) {
        if (broken.is(context.name())) {
            return null;
        }
        List<FieldDeclaration> fields = new ArrayList<>();
        for (FieldContext each : context.field()) {
            if (!broken.is(each)) {
                fields.add(field(each));
            }
        }
        return new StructDeclaration(
                expressions.identifier(context.name()),
                context.PERCPU() != null,
                fields,
                doc(context),
                Spans.of(file, context),
                broken.is(context));
    }

    private FieldDeclaration field(FieldContext context) {
        return new FieldDeclaration(
                type(context),
                expressions.identifier(context.name()),
                context.arrayLength().stream().map(this::length).toList(),
                context.expression() == null ? null : expressions.build(context.expression()),
                doc(context),
                Spans.of(file, context));
    }

    private TypeReference type(FieldContext context) {
        return expressions.type(context.type());
    }

    private ArrayLength length(ArrayLengthContext context) {
        ExpressionContext max = context.MAX() == null ? null : context.expression(1);
        return new ArrayLength(
                expressions.build(context.expression(0)),
                max == null ? null : expressions.build(max),
                Spans.of(file, context));
    }

    private ArrayLength length(ResultLengthContext context) {
        ExpressionContext length = context.expression();
        return new ArrayLength(length == null ? null : expressions.build(length), null, Spans.of(file, context));
    }

    private List<Identifier> outcomes(UnitDeclarationContext context) {
        List<Identifier> outcomes = new ArrayList<>();
        for (OutcomeContext outcome : context.outcome()) {
            if (!broken.is(outcome)) {
                outcomes.add(expressions.identifier(outcome.name()));
            }
        }
        return outcomes;
    }

    private @Nullable Declaration unit(UnitDeclarationContext context) {
        if (broken.is(context.name())) {
            return null;
        }
        boolean headBroken = context.parameter().stream().anyMatch(broken::is)
                || context.result().stream().anyMatch(broken::is);
        return new UnitDeclaration(
                kind(context.kind),
                expressions.identifier(context.name()),
                headBroken
                        ? List.of()
                        : context.parameter().stream().map(this::parameter).toList(),
                headBroken
                        ? List.of()
                        : context.result().stream().map(this::result).toList(),
                outcomes(context),
                headBroken ? List.of() : statements.block(context.block()),
                doc(context),
                Spans.of(file, context),
                broken.is(context) || headBroken);
    }

    private static UnitKind kind(Token token) {
        return switch (token.getType()) {
            case OpvLexer.TRANSACTION -> UnitKind.TRANSACTION;
            case OpvLexer.VECTOR -> UnitKind.VECTOR;
            case OpvLexer.QUERY -> UnitKind.QUERY;
            case OpvLexer.DRAIN -> UnitKind.DRAIN;
            default -> throw new IllegalArgumentException("no unit begins with " + token.getText());
        };
    }

    private ParameterDeclaration parameter(ParameterContext context) {
        return new ParameterDeclaration(
                context.PERCPU() != null,
                expressions.type(context.type()),
                expressions.identifier(context.name()),
                context.expression() == null ? null : expressions.build(context.expression()),
                Spans.of(file, context));
    }

    private ResultDeclaration result(ResultContext context) {
        return new ResultDeclaration(
                expressions.type(context.type()),
                expressions.identifier(context.name()),
                context.resultLength().stream().map(this::length).toList(),
                Spans.of(file, context));
    }

    /** The documentation comment that stands last before a declaration, with nothing but white space between. */
    private @Nullable String doc(ParserRuleContext context) {
        List<Token> hidden = tokens.getHiddenTokensToLeft(context.getStart().getTokenIndex());
        if (hidden == null) {
            return null;
        }
        for (int i = hidden.size() - 1; i >= 0; i--) {
            Token token = hidden.get(i);
            if (token.getType() == OpvLexer.BLOCK_COMMENT) {
                String text = token.getText();
                return text.startsWith(DOC_OPENING) && !text.equals(EMPTY_COMMENT) ? text : null;
            }
        }
        return null;
    }
}
