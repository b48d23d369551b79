/**
 * Documents that several people edit at once, as a program has them: what is shown is changed at once, and is brought together with what others do.
 *
 * <p>{@link dev.peal.client.docs.LiveDocument} may be used from any thread; what is behind it belongs to the client's loop. The algebra is {@link dev.peal.ot.Delta}'s; the parts
 * mirror those of {@code @peal/client/docs}.
 */
@NullMarked
package dev.peal.client.docs;

import org.jspecify.annotations.NullMarked;
