/**
 * An exchange for one symbol: a limit order book with price-time priority, and the accounts that trade on it.
 *
 * <p>Everything belongs to one thread, reads no clock and draws no random number: the same calls give the same events. In steady state nothing is allocated per
 * order: orders, levels and the index of orders live in arrays of primitives that are made once, and what an {@link dev.peal.market.exchange.EngineListener} is
 * given is reused. A refusal is a return value; only a caller's bug throws.
 */
@NullMarked
package dev.peal.market.exchange;

import org.jspecify.annotations.NullMarked;
