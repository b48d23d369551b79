package dev.peal.client.docs;

import dev.peal.ot.Delta;

/** What became of an operation of the server's. */
sealed interface Received {
    /** Had before. */
    record Known() implements Received {}

    /** Those before it are missing. */
    record Gap() implements Received {}

    /** One's own, as expected. */
    record Own() implements Received {}

    /** One's own, and not as expected: what is shown is not what the server has. */
    record Diverged() implements Received {}

    /** Another one's; {@code change} is what it changes in what is shown. */
    record Remote(Delta change) implements Received {}
}
