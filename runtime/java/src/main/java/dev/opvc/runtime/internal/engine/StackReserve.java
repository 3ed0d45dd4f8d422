// SPDX-License-Identifier: Apache-2.0
package dev.opvc.runtime.internal.engine;

/**
 * Takes a CPU's word only where the stack has room for all that is called under it.
 *
 * <p>Under a word nothing may throw for want of stack: between two stores that would tear a transaction, and where the
 * word is to be given back it would stay taken. But an interpreter makes a call of every access to memory, and code
 * that was compiled without calls can fall back to it at any point. So {@link #take} has a frame that is larger than
 * the frames of all calls under the word together, and it is left before the first of them. The JVM finds out about
 * missing stack when a method begins, and it does so for the frame that the interpreter would need, in compiled code,
 * too, and into whatever that is inlined: such code looks as far down as the interpreter's frames at its calls would
 * reach. {@code take} has such a call, that for a word that is not free. So room for the frame was there, and calls
 * that come later find it.
 *
 * <p>The frame is made of variables that nobody uses. The interpreter clears them, some 0.2 microseconds a call;
 * compiled code has nothing of them but two accesses to the stack at the start of the outermost method.
 */
final class StackReserve {
    private StackReserve() {}

    /**
     * Takes the word of a CPU's region, or, if it is not free and any will do, perhaps another's.
     *
     * @return the region whose word it is
     * @throws StackOverflowError if there is not enough stack; no word is taken
     */
    @SuppressWarnings("unused")
    static long take(long region, boolean any) {
        // spotless:off
        long aa, ab, ac, ad, ae, af, ag, ah, ai, aj, ak, al, am, an, ao, ap, aq, ar, as, at, au, av, aw, ax, ay,
                az, ba, bb, bc, bd, be, bf, bg, bh, bi, bj, bk, bl, bm, bn, bo, bp, bq, br, bs, bt, bu, bv, bw,
                bx, by, bz, ca, cb, cc, cd, ce, cf, cg, ch, ci, cj, ck, cl, cm, cn, co, cp, cq, cr, cs, ct, cu,
                cv, cw, cx, cy, cz, da, db, dc, dd, de, df, dg, dh, di, dj, dk, dl, dm, dn, dp, dq, dr, ds, dt,
                du, dv, dw, dx, dy, dz, ea, eb, ec, ed, ee, ef, eg, eh, ei, ej, ek, el, em, en, eo, ep, eq, er,
                es, et, eu, ev, ew, ex, ey, ez, fa, fb, fc, fd, fe, ff, fg, fh, fi, fj, fk, fl, fm, fn, fo, fp,
                fq, fr, fs, ft, fu, fv, fw, fx, fy, fz, ga, gb, gc, gd, ge, gf, gg, gh, gi, gj, gk, gl, gm, gn,
                go, gp, gq, gr, gs, gt, gu, gv, gw, gx, gy, gz, ha, hb, hc, hd, he, hf, hg, hh, hi, hj, hk, hl,
                hm, hn, ho, hp, hq, hr, hs, ht, hu, hv, hw, hx, hy, hz, ia, ib, ic, id, ie, ig, ih, ii, ij, ik,
                il, im, in, io, ip, iq, ir, is, it, iu, iv, iw, ix, iy, iz, ja, jb, jc, jd, je, jf, jg, jh, ji,
                jj, jk, jl, jm, jn, jo, jp, jq, jr, js, jt, ju, jv, jw, jx, jy, jz, ka, kb, kc, kd, ke, kf, kg,
                kh, ki, kj, kk, kl, km, kn, ko, kp, kq, kr, ks, kt, ku, kv, kw, kx, ky, kz, la, lb, lc, ld, le,
                lf, lg, lh, li, lj, lk, ll, lm, ln, lo, lp, lq, lr, ls, lt, lu, lv, lw, lx, ly, lz, ma, mb, mc,
                md, me, mf, mg, mh, mi, mj, mk, ml, mm, mn, mo, mp, mq, mr, ms, mt, mu, mv, mw, mx, my, mz, na,
                nb, nc, nd, ne, nf, ng, nh, ni, nj, nk, nl, nm, nn, no, np, nq, nr, ns, nt, nu, nv, nw, nx, ny,
                nz, oa, ob, oc, od, oe, of, og, oh, oi, oj, ok, ol, om, on, oo, op, oq, or, os, ot, ou, ov, ow,
                ox, oy, oz, pa, pb, pc, pd, pe, pf, pg, ph, pi, pj, pk, pl, pm, pn, po, pp, pq, pr, ps, pt, pu,
                pv, pw, px, py, pz, qa, qb, qc, qd, qe, qf, qg, qh, qi, qj, qk, ql, qm, qn, qo, qp, qq, qr, qs,
                qt, qu, qv, qw, qx, qy, qz, ra, rb, rc, rd, re, rf, rg, rh, ri, rj, rk, rl, rm, rn, ro, rp, rq,
                rr, rs, rt, ru, rv, rw, rx, ry, rz, sa, sb, sc, sd, se, sf, sg, sh, si, sj, sk, sl, sm, sn, so,
                sp, sq, sr, ss, st, su, sv, sw, sx, sy, sz, ta, tb, tc, td, te, tf, tg, th, ti, tj, tk, tl, tm,
                tn, to, tp, tq, tr, ts, tt, tu, tv, tw, tx, ty, tz, ua, ub;
        // spotless:on
        if (CpuWord.take(region)) {
            return region;
        }
        return any ? CpuWord.awaitAny() : CpuWord.await(region);
    }
}
