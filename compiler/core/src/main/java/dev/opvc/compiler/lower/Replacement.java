// SPDX-License-Identifier: Apache-2.0
package dev.opvc.compiler.lower;

import dev.opvc.compiler.model.AddressExpr;
import dev.opvc.compiler.model.ByteCount;
import dev.opvc.compiler.model.Expr;
import dev.opvc.compiler.model.PlaceExpr;
import java.util.List;

/** Puts another expression in the place of one, which is known by identity, wherever it stands within others. */
final class Replacement implements Expr.Cases<Expr>, AddressExpr.Cases<AddressExpr> {
    private final Expr replaced;
    private final Expr replacement;

    Replacement(Expr replaced, Expr replacement) {
        this.replaced = replaced;
        this.replacement = replacement;
    }

    Expr expr(Expr expr) {
        return expr == replaced ? replacement : expr.match(this);
    }

    AddressExpr address(AddressExpr address) {
        return address.match(this);
    }

    ByteCount count(ByteCount count) {
        return count instanceof ByteCount.Computed computed ? new ByteCount.Computed(expr(computed.value())) : count;
    }

    PlaceExpr place(PlaceExpr place) {
        List<PlaceExpr.Selector> selectors =
                place.selectors().stream().map(this::selector).toList();
        return new PlaceExpr(expr(place.pointer()), selectors, place.type(), place.origin());
    }

    private PlaceExpr.Selector selector(PlaceExpr.Selector selector) {
        return selector instanceof PlaceExpr.IndexSelector index
                ? new PlaceExpr.IndexSelector(expr(index.index()), index.array())
                : selector;
    }

    @Override
    public Expr constant(Expr.Constant constant) {
        return constant;
    }

    @Override
    public Expr parameterValue(Expr.ParameterValue value) {
        return value;
    }

    @Override
    public Expr bindingValue(Expr.BindingValue value) {
        return value;
    }

    @Override
    public Expr placeValue(Expr.PlaceValue value) {
        return new Expr.PlaceValue(place(value.place()), value.origin());
    }

    @Override
    public Expr function(Expr.Function function) {
        List<Expr> arguments = function.arguments().stream().map(this::expr).toList();
        return new Expr.Function(function.builtin(), arguments, function.type(), function.origin());
    }

    @Override
    public Expr folded(Expr.Folded folded) {
        return new Expr.Folded(folded.fold(), expr(folded.operand()), folded.cumulative(), folded.origin());
    }

    @Override
    public Expr unary(Expr.Unary unary) {
        return new Expr.Unary(unary.operator(), expr(unary.operand()), unary.type(), unary.origin());
    }

    @Override
    public Expr binary(Expr.Binary binary) {
        return new Expr.Binary(
                binary.operator(), expr(binary.left()), expr(binary.right()), binary.type(), binary.origin());
    }

    @Override
    public Expr comparison(Expr.Comparison comparison) {
        return new Expr.Comparison(
                comparison.operator(), expr(comparison.left()), expr(comparison.right()), comparison.origin());
    }

    @Override
    public Expr logical(Expr.Logical logical) {
        return new Expr.Logical(
                logical.operator(), expr(logical.left()), expr(logical.right()), logical.written(), logical.origin());
    }

    @Override
    public Expr select(Expr.Select select) {
        return new Expr.Select(
                expr(select.condition()), expr(select.then()), expr(select.otherwise()), select.origin());
    }

    @Override
    public Expr element(Expr.Element element) {
        return new Expr.Element(element.table(), expr(element.index()), element.origin());
    }

    @Override
    public Expr bucketOf(Expr.BucketOf bucketOf) {
        return new Expr.BucketOf(bucketOf.table(), expr(bucketOf.operand()), bucketOf.origin());
    }

    @Override
    public Expr conversion(Expr.Conversion conversion) {
        return new Expr.Conversion(expr(conversion.operand()), conversion.type(), conversion.origin());
    }

    @Override
    public AddressExpr ofPointer(AddressExpr.OfPointer address) {
        return new AddressExpr.OfPointer(expr(address.pointer()));
    }

    @Override
    public AddressExpr ofPlace(AddressExpr.OfPlace address) {
        return new AddressExpr.OfPlace(place(address.place()));
    }

    @Override
    public AddressExpr ofParameter(AddressExpr.OfParameter address) {
        return address;
    }
}
