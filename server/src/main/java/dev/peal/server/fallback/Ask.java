package dev.peal.server.fallback;

import dev.peal.protocol.ClientMessage;
import dev.peal.protocol.Position;
import dev.peal.transport.http.PercentText;
import dev.peal.transport.http.Refusal;
import dev.peal.transport.http.Request;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the address of a read asks for: rooms, and where its reader stands in them. Unknown parameters are passed over. Immutable.
 *
 * @param rooms in the order asked for, each once
 * @param since by log: a room's id, or one of {@link Logs}; {@link #ONLY} for a position that names none
 * @param other the remaining parameters, by name
 */
record Ask(List<String> rooms, Map<String, Position> since, Map<String, String> other) {
    static final int ROOMS_MAX = 64;

    /** The one log that is asked for. */
    private static final String ONLY = "";

    private static final String LAST_EVENT_ID = "Last-Event-ID";
    private static final int VALUE_LENGTH_MAX = 512;
    private static final int LAST_EVENT_ID_LENGTH_MAX = 16 * 1024;

    Ask {
        rooms = List.copyOf(rooms);
        since = Map.copyOf(since);
        other = Map.copyOf(other);
    }

    /** Reads a query. A token never belongs there: addresses end up in logs and histories. */
    static Ask of(Request request) throws Refusal {
        List<String> rooms = new ArrayList<>();
        List<String> since = new ArrayList<>();
        Map<String, String> other = new LinkedHashMap<>();
        for (String part :
                request.query().isEmpty() ? new String[0] : request.query().split("&", -1)) {
            int equals = part.indexOf('=');
            String name = equals < 0 ? part : part.substring(0, equals);
            String value = text(equals < 0 ? "" : part.substring(equals + 1), name);
            switch (name) {
                case "room" -> addRoom(rooms, value);
                case "since" -> since.add(value);
                case "token", "access_token", "session", "sessionId" ->
                    throw Refusal.bad(
                            "secret_in_query", "Tokens and sessions do not belong into an address: send a header.");
                default -> other.put(name, value);
            }
        }
        return new Ask(rooms, positions(rooms, since), other);
    }

    private static String text(String encoded, String name) throws Refusal {
        Optional<String> value = PercentText.decode(encoded.replace('+', ' '));
        if (value.isEmpty() || value.get().length() > VALUE_LENGTH_MAX) {
            String code = name.equals("since") ? "bad_since" : name.equals("room") ? "bad_room" : "bad_query";
            throw Refusal.bad(code, "A parameter of the query is no text, or too long.");
        }
        return value.get();
    }

    private static void addRoom(List<String> rooms, String room) throws Refusal {
        if (!ClientMessage.isRoomId(room)) {
            throw Refusal.bad("bad_room", "A room is 1 to 128 of a-z A-Z 0-9 - _.");
        }
        if (!rooms.contains(room)) {
            rooms.add(room);
        }
        if (rooms.size() > ROOMS_MAX) {
            throw Refusal.bad("too_many_rooms", "At most " + ROOMS_MAX + " rooms can be asked for at once.");
        }
    }

    /** The same, but for what a {@code Last-Event-ID} header says, which is where the reader really got to. */
    Ask resumed(Request request) throws Refusal {
        String id = request.header(LAST_EVENT_ID).orElse("");
        if (id.isEmpty()) {
            return this;
        }
        if (id.length() > LAST_EVENT_ID_LENGTH_MAX) {
            throw badSince();
        }
        Map<String, Position> all = new LinkedHashMap<>(since);
        all.putAll(positions(rooms, List.of(id.split(","))));
        return new Ask(rooms, all, other);
    }

    private static Map<String, Position> positions(List<String> rooms, List<String> texts) throws Refusal {
        Map<String, Position> positions = new LinkedHashMap<>();
        for (String text : texts) {
            int at = text.indexOf('@');
            if (at < 0 && rooms.size() > 1) {
                throw badSince();
            }
            String log = at >= 0 ? text.substring(0, at) : rooms.isEmpty() ? ONLY : rooms.getFirst();
            positions.put(log, Position.parse(text.substring(at + 1)).orElseThrow(Ask::badSince));
        }
        return positions;
    }

    static Refusal badSince() {
        return Refusal.bad(
                "bad_since", "A position reads room@epoch:offset; epoch:offset is enough where one log is asked for.");
    }

    /** Where the reader stands in a log. */
    Optional<Position> since(String log) {
        return Optional.ofNullable(since.get(log));
    }

    /** Where the reader stands in the one log that there is for it, by that log's name or without. */
    Optional<Position> sinceOnly(String log) {
        return since(log).or(() -> since(ONLY));
    }

    /** Whether a position names no log. */
    boolean namesNone() {
        return since.containsKey(ONLY);
    }

    Optional<String> text(String name) {
        return Optional.ofNullable(other.get(name));
    }

    /** A whole number. */
    int number(String name, int min, int max, int usual) throws Refusal {
        String text = other.get(name);
        if (text == null) {
            return usual;
        }
        int number = text.matches("[0-9]{1,6}") ? Integer.parseInt(text) : -1;
        if (number < min || number > max) {
            throw Refusal.bad("bad_" + name, name + " wants a whole number from " + min + " to " + max + ".");
        }
        return number;
    }
}
