package dev.peal.testkit;

import dev.peal.log.Appended;
import dev.peal.log.Draft;
import dev.peal.log.Entry;
import dev.peal.log.Feed;
import dev.peal.log.Follower;
import dev.peal.log.RoomKey;
import dev.peal.log.RoomLog;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A follower that writes down every call, checks that each comes on its owner and never from inside a call into the log, and appends for a test. Calls are
 * noted as words: {@code opened 1..0}, {@code entry 1 text}, {@code stored 1}, {@code duplicate 1}, {@code conflict 4}, {@code reused}, {@code unavailable},
 * {@code end}, {@code failed}.
 */
public final class FeedProbe implements Follower {
    /** Every call, in order. */
    public final List<String> calls = new ArrayList<>();

    /** Every entry given. */
    public final List<Entry> entries = new ArrayList<>();

    /** Every answer, in the order in which they came. */
    public final List<Appended> answers = new ArrayList<>();

    private final ManualOwner owner;
    private final Feed feed;
    private boolean inCall;
    private @Nullable String epoch;
    private int asked;
    private boolean failed;

    /** Follows the room. Called outside the owner. */
    public FeedProbe(RoomLog log, RoomKey room, ManualOwner owner) {
        this.owner = owner;
        inCall = true;
        this.feed = log.follow(room, owner, this);
        inCall = false;
    }

    /** Runs the owner until the room is open. */
    public FeedProbe open() {
        owner.runUntil("the room is open", () -> epoch != null);
        return this;
    }

    /** The epoch given by {@link #opened}. */
    public String epoch() {
        String is = epoch;
        if (is == null) {
            throw new AssertionError("not open");
        }
        return is;
    }

    /** Whether {@link #failed()} was called. */
    public boolean hasFailed() {
        return failed;
    }

    /** Appends a text from {@code ann}, without id or expectation. */
    public void append(String text) {
        append(draft("ann", null, text), Feed.ANY);
    }

    /** Appends a text, with an expectation. */
    public void append(String text, long expected) {
        append(draft("ann", null, text), expected);
    }

    /** Appends a text under a message id. */
    public void append(String text, String sender, String messageId) {
        append(draft(sender, messageId, text), Feed.ANY);
    }

    /** Appends, on the owner. */
    public void append(Draft draft, long expected) {
        asked++;
        owner.run(() -> {
            inCall = true;
            feed.append(draft, expected, this::answer);
            inCall = false;
        });
    }

    /** Closes the feed, on the owner. */
    public void close() {
        owner.run(feed::close);
    }

    /** Runs the owner until everything asked is answered. */
    public void awaitAnswers() {
        owner.runUntil("answers to " + asked + " appends, have " + answers.size(), () -> answers.size() >= asked);
    }

    /** Runs the owner until so many entries were given. */
    public void awaitEntries(int count) {
        owner.runUntil(count + " entries, have " + entries.size(), () -> entries.size() >= count);
    }

    /** A draft whose fingerprint is its text's hash, and whose time is the manual clock's start. */
    public static Draft draft(String sender, @Nullable String messageId, String text) {
        return draft(sender, messageId, text, ManualClock.START_MILLIS);
    }

    /** A draft of a certain time. */
    public static Draft draft(String sender, @Nullable String messageId, String text, long timeMillis) {
        byte[] data = text.getBytes(StandardCharsets.UTF_8);
        return new Draft("message", sender, messageId, text.hashCode(), timeMillis, data);
    }

    /** An entry's text. */
    public static String text(Entry entry) {
        return new String(entry.data(), StandardCharsets.UTF_8);
    }

    @Override
    public void opened(String epoch, long oldest, long newest) {
        this.epoch = epoch;
        note("opened " + oldest + ".." + newest);
    }

    @Override
    public void failed() {
        failed = true;
        note("failed");
    }

    @Override
    public void entry(Entry entry) {
        entries.add(entry);
        note("entry " + entry.offset() + " " + text(entry));
    }

    @Override
    public void batchEnd() {
        note("end");
    }

    private void answer(Appended answer) {
        answers.add(answer);
        note(
                switch (answer) {
                    case Appended.Stored stored -> (stored.duplicate() ? "duplicate " : "stored ") + stored.offset();
                    case Appended.Conflict conflict -> "conflict " + conflict.newest();
                    case Appended.MessageIdReused reused -> "reused";
                    case Appended.Unavailable unavailable -> "unavailable";
                });
    }

    private void note(String call) {
        if (!owner.inside()) {
            throw new AssertionError(call + ": not on the owner");
        }
        if (inCall) {
            throw new AssertionError(call + ": from inside a call into the log");
        }
        calls.add(call);
    }
}
