package dev.peal.app;

import dev.peal.log.Feed;
import dev.peal.protocol.ErrorCode;
import dev.peal.protocol.Position;
import org.jspecify.annotations.Nullable;

/** What a message leads to. A value: the server carries it out, in the room's one order, and answers the caller. */
public sealed interface Outcome {
    /**
     * Stores an entry and sends it to the members; the caller's {@code ack} carries its position.
     *
     * @param type wire type of the push
     * @param data its {@code data} as UTF-8 JSON; handed over
     * @param exceptCaller whether the calling connection does not get it live
     * @param expected the newest offset that this was decided on, or {@link Feed#ANY}; on another one nothing is stored and the answer is {@code conflict}
     */
    record Append(String type, byte[] data, boolean exceptCaller, long expected) implements Outcome {}

    /** Sends something to the members that is not stored. */
    record Signal(String type, byte[] data, boolean exceptCaller) implements Outcome {}

    /** Enters the room; with {@code since}, also asks for what came after it. Refused if the token or {@link App#admits} says no. */
    record Join(@Nullable Position since) implements Outcome {}

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

    /** Answers the caller alone, if it asked for an answer. */
    record Reply(String type, byte[] data) implements Outcome {}

    /** Answers with an error; nothing happens. */
    record Refuse(ErrorCode code) implements Outcome {}

    /** {@link Append} whatever the newest offset is. */
    static Outcome append(String type, byte[] data) {
        return new Append(type, data, false, Feed.ANY);
    }

    /** {@link Append} that the calling connection does not get live. */
    static Outcome appendForOthers(String type, byte[] data) {
        return new Append(type, data, true, Feed.ANY);
    }

    /** {@link Signal} that the calling connection does not get. */
    static Outcome signalOthers(String type, byte[] data) {
        return new Signal(type, data, true);
    }

    static Outcome refuse(ErrorCode code) {
        return new Refuse(code);
    }
}
