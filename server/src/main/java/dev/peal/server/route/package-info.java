/**
 * The applications' own routes ({@link dev.peal.app.HttpRoute}) on the server's HTTP edge.
 *
 * <p>A request is read here and its caller found out, so that a handler sees values only; what it replies becomes a response. Runs on the connection's event loop
 * or wherever a token was judged; nothing blocks.
 */
@NullMarked
package dev.peal.server.route;

import org.jspecify.annotations.NullMarked;
