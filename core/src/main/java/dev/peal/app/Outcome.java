package dev.peal.app;

import dev.peal.log.Appended;
import dev.peal.log.Feed;
import dev.peal.protocol.ErrorCode;
import dev.peal.protocol.Position;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What a message leads to. A value: the server carries it out, in the room's one order, and answers the caller. */
public sealed interface Outcome {
    /**
     * Stores an entry and sends it to the members; the caller's {@code ack} carries its position.
     *
     * @param type wire type of the push
     * @param data its {@code data} as UTF-8 JSON; handed over
     * @param exceptCaller whether the calling connection does not get it live
     * @param expected the newest offset that this was decided on, or {@link Feed#ANY}; on another one nothing is stored and the answer is {@code conflict}.
     *     Earlier appends of the room that are still under way count as stored, so that a decision can be made on an entry that is not durable yet
     * @param messageId what makes a repetition of it known, within one sender (1–64 characters); null: the one that the client gave, if any
     * @param then what follows
     */
    record Append(
            String type,
            byte[] data,
            boolean exceptCaller,
            long expected,
            @Nullable String messageId,
            AfterAppend then) implements Outcome {}

    /** Hears what became of an {@link Append}. */
    @FunctionalInterface
    interface AfterAppend {
        /** The caller is answered as usual. */
        AfterAppend USUAL = appended -> Optional.empty();

        /**
         * Called once, on the room's owner, directly behind the entry that was stored (for one that was not: behind the answers to earlier appends) and before the
         * caller is answered. Must not block or throw.
         *
         * @return what is done in place of the usual answer: another try, say
         */
        Optional<Outcome> appended(Appended appended);
    }

    /** Sends something to the members that is not stored. */
    record Signal(String type, byte[] data, boolean exceptCaller) implements Outcome {}

    /**
     * Enters the room; with {@code since}, also asks for what came after it. Refused if the token or {@link App#admits} says no.
     *
     * @param as who a caller without a user says that it is (open mode alone); ignored where there is a user
     * @param welcome the application's own answer; null: {@code joined}
     */
    record Join(
            @Nullable Position since,
            @Nullable Claim as,
            @Nullable Welcome welcome) implements Outcome {
        /** Answered by {@code joined}, if the message asked for an answer or has a {@code since}. */
        public Join(@Nullable Position since) {
            this(since, null, null);
        }
    }

    /** Who somebody says that they are. */
    record Claim(String userId, @Nullable String userName) {}

    /** Leaves the room. */
    record Leave() implements Outcome {}

    /** Answers with users of the room after a key, at most {@code limit}. Needs the right to enter. */
    record ListPeople(@Nullable String after, int limit) implements Outcome {}

    /** Answers with stored entries: after an offset, before one, or the newest. Needs the right to enter. */
    record ReadHistory(@Nullable Long before, @Nullable Long after, int limit) implements Outcome {}

    /**
     * Answers with the entries that match, newest first, below an offset if one is given. Needs the right to enter, and {@link App#searchText}.
     *
     * @param query as a person wrote it
     * @param limit 1–{@value dev.peal.search.SearchRequest#LIMIT_MAX}
     */
    record Find(String query, @Nullable Long before, int limit) implements Outcome {}

    /** Answers the caller alone, with or without an id. */
    record Reply(String type, byte[] data) implements Outcome {}

    /** Answers with the {@code ack} of an entry that was stored before, behind that entry; offset 0: of none. */
    record Acknowledge(long offset) implements Outcome {}

    /** Answers with an error; nothing happens. */
    record Refuse(ErrorCode code) implements Outcome {}

    /**
     * Decides when everything that was asked of the room before has happened: a {@link Signal} about the newest entry, say.
     *
     * @param decision called once, on the room's owner; must not block or throw
     */
    record InTurn(Supplier<Outcome> decision) implements Outcome {}

    /**
     * Decides later: once a store has been asked, say. The room goes on meanwhile, and stays in memory.
     *
     * @param inOrder whether the next messages of the connection about this room wait, so that they see the effect of this one; what only asks need not hold
     *     them up
     * @param work begins it, at once, on the room's owner; must not block. It calls its argument exactly once, on any thread; the outcome is then carried out on
     *     the room's owner. By then the room is another than the one that was decided on: what depends on its newest state is decided {@link InTurn}
     */
    record Later(boolean inOrder, Consumer<Consumer<Outcome>> work) implements Outcome {}

    /** {@link Append} whatever the newest offset is. */
    static Outcome append(String type, byte[] data) {
        return new Append(type, data, false, Feed.ANY, null, AfterAppend.USUAL);
    }

    /** {@link Append} that the calling connection does not get live. */
    static Outcome appendForOthers(String type, byte[] data) {
        return new Append(type, data, true, Feed.ANY, null, AfterAppend.USUAL);
    }

    /** {@link Signal} that the calling connection does not get. */
    static Outcome signalOthers(String type, byte[] data) {
        return new Signal(type, data, true);
    }

    static Outcome refuse(ErrorCode code) {
        return new Refuse(code);
    }
}
