package dev.peal.session;

import dev.peal.log.Entry;
import dev.peal.log.LogRead;
import dev.peal.log.ReadRequest;
import dev.peal.log.RoomKey;
import dev.peal.log.RoomLog;
import dev.peal.time.Owner;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The mailboxes of the users whose logs one loop owns. Owned by that loop.
 *
 * <p>A sign-in must know where its user's unread notifications begin. The log is looked at once for all who ask at the same time, from its end back to the newest
 * mark and the newest notification (one page nearly always, {@link Notifications#ENTRIES_KEPT} entries at most), and what was found is remembered and kept true by the appends, which all
 * pass here. So of a user with notifications a log is read at the first sign-in since the server started and where something is unread; of a user without, each
 * sign-in makes one read that finds no log.
 */
final class Mailboxes {
    /** Mailboxes remembered by one loop; the one not asked for the longest is forgotten. About 120 bytes each. */
    static final int REMEMBERED_MAX = 50_000;

    private static final int PAGE_ENTRIES = 100;
    private static final int PAGE_BYTES = 256 * 1024;

    private final RoomLog log;
    private final Owner owner;
    private final LinkedHashMap<RoomKey, Mailbox> byLog = new LinkedHashMap<>(16, 0.75f, true);

    Mailboxes(RoomLog log, Owner owner) {
        this.log = log;
        this.owner = owner;
    }

    /** A mailbox, once its log was looked at or could not be ({@link Mailbox#readable}). */
    void with(RoomKey key, Consumer<Mailbox> step) {
        Mailbox known = byLog.get(key);
        Mailbox mailbox = known == null ? look(key) : known;
        mailbox.whenKnown(() -> step.accept(mailbox));
    }

    /**
     * An entry was appended.
     *
     * @return whether it begins another history than the one that sessions were told of
     */
    boolean appended(RoomKey key, String epoch, Entry entry) {
        Mailbox mailbox = byLog.get(key);
        if (mailbox == null) {
            return false;
        }
        if (mailbox.replacedBy(epoch)) {
            byLog.remove(key, mailbox);
            return true;
        }
        mailbox.entry(entry);
        return false;
    }

    void forget(RoomKey key) {
        byLog.remove(key);
    }

    private Mailbox look(RoomKey key) {
        Mailbox mailbox = new Mailbox();
        byLog.put(key, mailbox);
        if (byLog.size() > REMEMBERED_MAX) {
            forgetEldest();
        }
        look(key, mailbox, Long.MAX_VALUE);
        return mailbox;
    }

    private void look(RoomKey key, Mailbox mailbox, long before) {
        ReadRequest page = new ReadRequest(key, null, ReadRequest.Direction.BEFORE, before, PAGE_ENTRIES, PAGE_BYTES);
        log.read(page, owner, result -> looked(key, mailbox, result));
    }

    private void looked(RoomKey key, Mailbox mailbox, LogRead result) {
        if (!(result instanceof LogRead.Complete page)) {
            byLog.remove(key, mailbox);
            mailbox.open(false);
            return;
        }
        mailbox.replacedBy(page.epoch());
        mailbox.endsAt(page.newest());
        page.entries().forEach(mailbox::entry);
        boolean all = page.entries().isEmpty() || page.entries().getFirst().offset() <= page.oldest();
        if (all || mailbox.isPlain()) {
            if (mailbox.newest() == 0) {
                // Nearly all of them: to look again costs one read that finds nothing, to remember it memory for each
                // user.
                byLog.remove(key, mailbox);
            }
            mailbox.open(true);
        } else {
            look(key, mailbox, page.entries().getFirst().offset());
        }
    }

    private void forgetEldest() {
        for (Map.Entry<RoomKey, Mailbox> eldest : byLog.entrySet()) {
            if (eldest.getValue().known()) {
                byLog.remove(eldest.getKey());
                return;
            }
        }
    }
}
