package dev.peal.session;

import dev.peal.hub.Encoded;
import dev.peal.hub.Loop;
import dev.peal.hub.Origin;
import dev.peal.log.RoomKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What replays of one loop send. Owned by that loop.
 *
 * <p>A reconnect storm is many who want nearly the same: so what is read and encoded is whole pages that begin at multiples of a number, of which each sends its
 * part. A page that ends early, because the room ended there or its bytes were many, is followed by one that begins where it ended. The room's own loop reads a page
 * once for all loops ({@link LogPages}); this one encodes it once per format; both keep it for some seconds.
 */
final class Pages {
    /** What the pages kept by one loop weigh at most, encoded. */
    static final int BYTES_MAX = 16 << 20;

    /** A page and its encodings. */
    record Sheet(Page page, Encoded encoded) {}

    /** Who waits for a page. Called on this loop. */
    interface Reader {
        void there();

        void lost();
    }

    /** What is here for a reader. */
    sealed interface Found {
        record Here(Sheet sheet) implements Found {}

        record Missing(Page.Key key) implements Found {}

        /**
         * Retention took what the reader wants.
         *
         * @param oldest the oldest offset held when that was found
         */
        record Trimmed(long oldest) implements Found {}
    }

    private final SessionLoop loop;
    private final int entries;
    private final Generations<Page.Key, Sheet> kept =
            new Generations<>(BYTES_MAX, sheet -> sheet.encoded().release());
    private final Map<Page.Key, List<Reader>> waiting = new HashMap<>();

    /** @param entries of one page */
    Pages(SessionLoop loop, int entries) {
        this.loop = loop;
        this.entries = entries;
    }

    /** The page with the entry behind an offset. */
    Found find(RoomKey room, String epoch, long cursor) {
        long from = cursor - cursor % entries;
        while (true) {
            Page.Key key = new Page.Key(room, epoch, from);
            Sheet sheet = kept.get(key);
            if (sheet == null) {
                return new Found.Missing(key);
            }
            if (sheet.page().after() > cursor) {
                return new Found.Trimmed(sheet.page().after() + 1);
            }
            if (sheet.page().last() > cursor) {
                return new Found.Here(sheet);
            }
            from = sheet.page().last();
        }
    }

    /** Gets a page that is missing; the reader looks again when it is told. */
    void fetch(Page.Key key, Reader reader) {
        List<Reader> others = waiting.get(key);
        if (others != null) {
            others.add(reader);
            return;
        }
        List<Reader> readers = new ArrayList<>(4);
        readers.add(reader);
        waiting.put(key, readers);
        Loop home = loop.sessions().hub().home(key.room());
        LogPages pages = loop.sessions().logPages(home);
        int wanted = (int) (entries - key.from() % entries);
        home.owner()
                .execute(() ->
                        pages.page(key, wanted, page -> loop.loop().owner().execute(() -> came(key, page))));
    }

    /** A turn of the cache. */
    void turn() {
        kept.turn();
    }

    private void came(Page.Key key, @Nullable Page page) {
        if (page != null) {
            kept.put(key, new Sheet(page, new Encoded(page.pushes(new Origin(key.room(), key.epoch())))), page.bytes());
        }
        List<Reader> readers = waiting.remove(key);
        if (readers == null) {
            return;
        }
        for (Reader reader : readers) {
            if (page == null) {
                reader.lost();
            } else {
                reader.there();
            }
        }
    }
}
