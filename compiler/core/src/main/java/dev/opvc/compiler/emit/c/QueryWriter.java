// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.emit.c;

import dev.opvc.compiler.emit.DocText;
import dev.opvc.compiler.model.Address;
import dev.opvc.compiler.vector.FoldedValue;
import dev.opvc.compiler.vector.QueryResult;
import dev.opvc.compiler.vector.QueryUnit;
import dev.opvc.compiler.vector.SlotCopy;
import java.util.ArrayList;
import java.util.List;

/**
 * Everything that a query becomes. Both forms copy what is needed of a CPU's slots, and fold the copy once that CPU is
 * free again; they differ in how they copy.
 */
final class QueryWriter {
    private final CText text;
    private final QueryUnit query;
    private final QueryNames names;
    private final QueryLocalNames locals;
    private final QuerySignature signature;
    private final ExpressionRenderer expressions;
    private final MemberRenderer members;
    private final LengthRenderer lengths;
    private final QueryCells cells;
    private final QuerySteps steps;

    QueryWriter(CText text, QueryUnit query, QueryNames names, QueryLocalNames locals) {
        this.text = text;
        this.query = query;
        this.names = names;
        this.locals = locals;
        this.signature = new QuerySignature(query, names, locals);
        this.expressions = new ExpressionRenderer(locals);
        this.members = new MemberRenderer(expressions);
        this.lengths = new LengthRenderer(expressions);
        this.cells = new QueryCells(query, names, locals, expressions);
        this.steps = new QuerySteps(query, locals, expressions, cells);
    }

    void write() {
        CComment.write(text, List.of("Length of the array that " + names.builder() + "() fills."));
        text.line("#define " + names.operations() + " " + query.copies().size());
        text.blank();
        cells.write(text);
        text.blank();
        writeFolds();
        text.blank();
        writeBuilder();
        text.blank();
        writeCopy();
        text.blank();
        writeBegin();
        text.blank();
        writeFold();
        text.blank();
        writeEnd();
        text.blank();
        new QueryFormsWriter(text, query, names, signature).write();
    }

    private void writeFolds() {
        CComment.write(text, List.of("What " + names.function() + "() has folded so far."));
        text.open("struct " + names.foldsTag());
        query.folds().forEach(folded -> text.line(CTypes.declare(folded.type(), locals.member(folded)) + ";"));
        text.close("};");
    }

    private void writeBuilder() {
        CComment.write(text, builderComment());
        text.function("int " + names.builder(), signature.build());
        Statements statements = new Statements();
        steps.before(statements);
        for (SlotCopy copy : query.copies()) {
            statements.add(CExpression.call("cpu_op_set_memcpy", operands(copy, "&ops[" + copy.number() + "]")) + ";");
        }
        statements.add("return " + names.operations() + ";");
        close(statements, signature.parameterNames());
    }

    private List<String> builderComment() {
        List<String> lines = new ArrayList<>();
        lines.add("Fills ops with the operations that copy one CPU's slots for " + names.function()
                + "(), and runs none.");
        lines.add("They point into cells, which must stay where it is until they have run.");
        lines.add("");
        lines.add("@param ops room for " + names.operations() + " operations");
        lines.add("@return how many operations there are"
                + (QuerySteps.canFail(query.before()) ? "; or -EINVAL for a range error" : ""));
        return lines;
    }

    private void writeCopy() {
        CComment.write(
                text,
                List.of("What the operations of " + names.builder() + "() do, on slots that others are kept from."));
        text.function("void " + names.copy(), signature.copy());
        Statements statements = new Statements();
        steps.bindings(statements);
        for (SlotCopy copy : query.copies()) {
            statements.add(CExpression.call("opv_copy", operands(copy)) + ";");
        }
        close(statements, signature.parameterNames());
    }

    private CExpression[] operands(SlotCopy copy, String... first) {
        List<CExpression> operands = new ArrayList<>();
        List.of(first).forEach(each -> operands.add(CExpression.primary(each)));
        Address.OfPlace source = (Address.OfPlace) copy.operation().src().address();
        String slot = expressions.render(source.place().pointer()).asOperand();
        operands.add(cells.target(copy));
        operands.add(CExpression.prefix(
                "&", members.render(slot, MemberRenderer.ARROW, source.place().selectors())));
        operands.add(lengths.render(copy.operation().length()));
        return operands.toArray(CExpression[]::new);
    }

    private void writeBegin() {
        CComment.write(text, List.of("Checks the parameters of " + names.function() + "(), and begins to fold."));
        text.function("int " + names.begin(), signature.begin());
        Statements statements = new Statements();
        steps.before(statements);
        query.folds().forEach(folded -> steps.begin(folded, statements));
        statements.add("return 0;");
        close(statements, signature.plainNames());
    }

    private void writeFold() {
        CComment.write(text, List.of("Folds the copy of one CPU's slots in; returns 0, or -EINVAL for a range error."));
        text.function("int " + names.fold(), signature.fold());
        Statements statements = new Statements();
        steps.bindings(statements);
        steps.each(statements);
        statements.add("return 0;");
        close(statements, signature.plainNames());
    }

    private void writeEnd() {
        CComment.write(
                text, List.of("Makes the results of what has been folded; returns 0, or -EINVAL for a range error."));
        text.function("int " + names.end(), signature.end());
        Statements statements = new Statements();
        steps.bindings(statements);
        steps.after(statements);
        query.values().forEach(value -> store(value, statements));
        statements.add("return 0;");
        close(statements, signature.plainNames());
    }

    private void store(QueryResult value, Statements statements) {
        String target = locals.of(value.result());
        if (value instanceof QueryResult.Computed computed) {
            statements.add("*" + target + " = " + expressions.render(computed.value()) + ";");
        } else {
            FoldedValue folded = ((QueryResult.Array) value).folded();
            steps.store(folded, target, statements);
        }
    }

    private void close(Statements statements, List<String> parameters) {
        List<String> all = new ArrayList<>(parameters);
        text.addAll(statements.lines(all));
        text.close("}");
    }

    /** What the user wrote about the query, and what its function promises. */
    static List<String> promise(QueryUnit query) {
        List<String> promise = new ArrayList<>();
        promise.add("Reads one possible CPU after the other, each in one state. What happens meanwhile on CPUs");
        promise.add("that are yet to be read is seen, on others it is not.");
        promise.add("");
        promise.add("@return 0; or -EINVAL for a range error, and no result has changed");
        return CComment.paragraphs(DocText.lines(query.doc()), promise);
    }
}
