/**
 * A market that programs send: batches of events with contiguous numbers, each applied once and whole, or refused with a name for what is wrong.
 *
 * <p>{@link dev.peal.market.ingest.IngestState} decides by numbers alone, {@link dev.peal.market.ingest.IngestSource} by what the events say; both belong to the market's
 * owner. A batch that is refused changes nothing, so whoever sent it may mend it and send it again under the same number.
 */
@NullMarked
package dev.peal.market.ingest;

import org.jspecify.annotations.NullMarked;
