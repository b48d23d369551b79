/**
 * The whole server: what {@link dev.peal.server.Main} starts and what a program embeds ({@link dev.peal.server.PealServer}).
 *
 * <p>Wiring alone: it reads the configuration, makes each part with what that part declares to need, and ends them in the opposite order. Its own threads are the
 * caller's and the shutdown hook's. No rule about rooms, users or bytes lives here.
 */
@NullMarked
package dev.peal.server;

import org.jspecify.annotations.NullMarked;
