package dev.peal.client.docs;

import dev.peal.ot.Delta;

/**
 * An operation on its way.
 *
 * @param seq its number among those of this client
 * @param revision of the document that {@code operation} was made on
 * @param operation as first sent, which is how it is sent again
 * @param now as it is by now, behind what the server said meanwhile
 */
record Flight(long seq, long revision, Delta operation, Delta now) {
    Flight moved(Delta to) {
        return new Flight(seq, revision, operation, to);
    }
}
