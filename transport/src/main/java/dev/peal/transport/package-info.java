/**
 * Which kernel interface moves the bytes, and the event loops that do it.
 *
 * <p>{@link dev.peal.transport.EventLoops} chooses io_uring, else epoll, kqueue, NIO, says why, and gives the loops to those above both as Netty's group
 * and as {@link dev.peal.time.Owner}s. It knows no protocol and never runs anything on a loop by itself.
 */
@NullMarked
package dev.peal.transport;

import org.jspecify.annotations.NullMarked;
