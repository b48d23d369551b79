/**
 * The server API: what another program may do over HTTP with a key, under {@code /api/v1} (PROTOCOL section 12, {@code openapi.json} in spec).
 *
 * <p>Handlers run on the connection's event loop, hand the work to whoever owns its subject, and answer from there; nothing blocks. Every request passes
 * {@link dev.peal.server.api.Guard} first. What a request has wrong becomes a {@link dev.peal.transport.http.Refusal}, turned into an answer in one place. No key,
 * no body and no query is ever written to a log.
 */
@NullMarked
package dev.peal.server.api;

import org.jspecify.annotations.NullMarked;
