/**
 * What a request says: who sends it with a user's token, how often it may, and the JSON object in its body.
 *
 * <p>Pure but for the counting, and thread-safe. What is wrong with a request is a {@link dev.peal.transport.http.Refusal}. No token and no body is ever written
 * to a log.
 */
@NullMarked
package dev.peal.server.request;

import org.jspecify.annotations.NullMarked;
