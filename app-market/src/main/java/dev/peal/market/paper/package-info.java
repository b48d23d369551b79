/**
 * People who trade on the embedded exchange on paper: an account for each user, with money to begin with, orders, fills and positions.
 *
 * <p>{@link dev.peal.market.paper.PaperDesk} belongs to the exchange's owner. Nobody owes anything: who buys has the money, who sells has the units, so that neither
 * is ever below zero. Accounts live as long as the exchange does: a server that starts again begins a new market, in which what was held in the old one means nothing.
 * What is told of an account is for its user alone; who that is on which connection is not known here.
 */
@NullMarked
package dev.peal.market.paper;

import org.jspecify.annotations.NullMarked;
