package dev.peal.docs;

import dev.peal.app.Caller;
import dev.peal.ot.Document;
import dev.peal.ot.Selection;
import dev.peal.time.Owner;
import java.util.Optional;

/** A document in memory, as its companions see it: as of the newest stored operation. Used on its owner alone. */
public interface OpenDocument {
    String id();

    /** The thread that owns it. */
    Owner owner();

    /** As in {@link dev.peal.protocol.Position}. */
    String epoch();

    /** What a caller may do with it. */
    Optional<Role> role(Caller caller);

    /** How many operations it consists of. */
    long revision();

    /** The oldest revision that can be looked at. */
    long oldest();

    Document content();

    /** Where a part of an earlier revision is now; empty where that revision is in the future, or so long ago that it is not in memory. */
    Optional<Selection> moved(Selection selection, long revision);

    /** The companion of this document that one of the {@link Companions} made. */
    <C extends Companion> C companion(Class<C> type);
}
