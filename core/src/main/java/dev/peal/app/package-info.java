/**
 * The application port: what a program adds to Peal, and what it may use.
 *
 * <p>An {@link dev.peal.app.App} owns a room kind and the message types that reach it. Its handlers run on the owner of the room that a message names, get values
 * and return a value, the {@link dev.peal.app.Outcome}; they never see a socket, a session or another application. The applications that ship with Peal use
 * nothing else.
 *
 * <p>A {@link dev.peal.app.StreamApp} has no rooms but a WebSocket path of its own: it gets the messages of each connection there on that connection's loop, and writes
 * through an {@link dev.peal.app.Outlet}.
 */
@NullMarked
package dev.peal.app;

import org.jspecify.annotations.NullMarked;
