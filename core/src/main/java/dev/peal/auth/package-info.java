/**
 * Who a caller is: tokens, the keys that they are judged by, guests, secrets at rest, and revocation.
 *
 * <p>Everything public here is thread-safe. Judging a token happens on the caller's thread, except when a key must be fetched first: then the answer comes
 * on this package's own daemon thread, and the caller hops back to its owner. It promises that an algorithm and a key come from configuration alone. It never
 * logs or prints a token or a secret, never follows an address found in a token, and never tells a client why a token was refused.
 */
@NullMarked
package dev.peal.auth;

import org.jspecify.annotations.NullMarked;
