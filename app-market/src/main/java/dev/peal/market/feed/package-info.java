/**
 * From the market to its readers: what each event loop knows of every symbol, and who on it is to be told what.
 *
 * <p>The market's owner hands each loop every change once. A loop has a copy of every book, so that whoever subscribes begins there and then, with nothing in between.
 * Each reader has a {@link dev.peal.market.feed.Place}: an immutable note of what it was told last. Readers who were told the same share one place, and what takes them
 * from it to the newest state is encoded once. A reader whose socket is full is left where it is: no bytes, no copies and no queue wait for it; when its socket has room, it
 * is taken from there to the newest state. That is all of conflation: prices and whole books between are left out and told as {@code skipped}, a delta covers all of it,
 * trades are held back and come in full as long as they are remembered.
 *
 * <p>Everything here belongs to one loop. Nothing blocks, and nothing is allocated for a member and a frame.
 */
@NullMarked
package dev.peal.market.feed;

import org.jspecify.annotations.NullMarked;
