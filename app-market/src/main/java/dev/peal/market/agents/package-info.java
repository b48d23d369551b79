/**
 * Traders that make an exchange move like a market: makers who quote around a fair price that drifts, takers with sizes of a heavy tail, traders who follow momentum,
 * and one who takes what is priced wrong.
 *
 * <p>A {@link dev.peal.market.agents.Crowd} lives in virtual time and draws from its own seed: what happens is a function of the seed and of the orders that others
 * place meanwhile, however often and in whatever steps it is told to go on. It belongs to its venue's thread.
 */
@NullMarked
package dev.peal.market.agents;

import org.jspecify.annotations.NullMarked;
