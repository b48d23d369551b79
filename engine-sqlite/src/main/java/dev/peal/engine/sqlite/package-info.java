/**
 * The embedded durable log: {@link dev.peal.engine.sqlite.SqliteLog} keeps every room's entries in one SQLite file.
 *
 * <p>One writer thread with one connection takes all appends that wait, commits them as one transaction (WAL, {@code synchronous=FULL}) and only then tells
 * followers and senders. Reads have connections and threads of their own; the keeper thread checkpoints and has retention looked at;
 * after a stop that was not in order the checker thread looks through everything once. What could not be committed is answered
 * {@code Unavailable} and never acknowledged later; a failed commit is never tried again on the same connection, and after a failed sync no
 * connection is used again ({@link dev.peal.engine.sqlite.Connections}).
 */
@NullMarked
package dev.peal.engine.sqlite;

import org.jspecify.annotations.NullMarked;
