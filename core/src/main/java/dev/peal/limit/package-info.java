/**
 * How much one client may take: messages per type and time, connections per address, and which address a client has behind a proxy.
 *
 * <p>Everything here is thread-safe, takes its clock as a parameter, starts no thread and takes no lock on the path of a message. It promises a bounded
 * memory whatever the number of clients. It never blocks, never resolves a name, and never decides what happens to the refused.
 */
@NullMarked
package dev.peal.limit;

import org.jspecify.annotations.NullMarked;
