// SPDX-License-Identifier: Apache-2.0
/** Executes operation vectors on stock kernels: possible CPUs, per-CPU memory, vectors and the engines behind them. */
@NullMarked
package dev.opvc.runtime;

import org.jspecify.annotations.NullMarked;
