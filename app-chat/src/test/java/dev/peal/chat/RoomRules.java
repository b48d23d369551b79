package dev.peal.chat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * PROTOCOL's rules of who sees what, written down a second time and as plainly as can be: every frame that each connection must get, and so none that it must not.
 * It shares no code with the server. Times and epochs are left out of frames; frames of one action are compared without their order.
 */
final class RoomRules {
    static final long GRACE_MILLIS = 20_000;
    static final int HISTORY_PAGE = 5;

    record Room(String kind, String id) {}

    record Stored(long offset, String type, String data) {}

    /** One connection: its user, its session's number or -1, the rooms that it is in, and what it must have got since it was last looked at. */
    static final class Conn {
        final String user;
        int session;
        final Map<Room, Boolean> rooms = new LinkedHashMap<>();
        final List<String> frames = new ArrayList<>();
        boolean open = true;

        Conn(String user, int session) {
            this.user = user;
            this.session = session;
        }
    }

    private static final class Place {
        final List<Stored> log = new ArrayList<>();
        final List<Conn> members = new ArrayList<>();
        /** By session: until when it is kept present. */
        final Map<Integer, Absent> absent = new TreeMap<>();
    }

    private record Absent(String user, long until) {}

    private static final class Seat {
        final String user;

        @Nullable
        Conn holder;

        long until = Long.MAX_VALUE;
        boolean over;

        Seat(String user, Conn holder) {
            this.user = user;
            this.holder = holder;
        }
    }

    private static final class Mail {
        final List<Stored> log = new ArrayList<>();
        long read;
    }

    private final Map<String, String> globs;
    private final Map<Room, Place> places = new HashMap<>();
    private final List<Seat> seats = new ArrayList<>();
    private final Map<String, Mail> mails = new HashMap<>();
    private final List<Conn> conns = new ArrayList<>();
    private long now;

    /** @param globs each user's patterns, between commas */
    RoomRules(Map<String, String> globs) {
        this.globs = globs;
    }

    int sessions() {
        return seats.size();
    }

    String userOf(int session) {
        return seats.get(session).user;
    }

    /** A sign-in; {@code asked} is the session that it presents, -1 for none, and {@code wants} whether it wants one at all. */
    Conn signIn(String user, boolean wants, int asked) {
        Conn conn = new Conn(user, -1);
        conns.add(conn);
        String answer = "{\"type\":\"authenticated\",\"data\":{\"success\":true,\"userId\":\"" + user
                + "\",\"userName\":\"" + user.toUpperCase(Locale.ROOT) + "\"";
        if (wants) {
            Seat seat = asked < 0 ? null : seats.get(asked);
            boolean resumed = false;
            if (seat != null && !seat.over && seat.user.equals(user) && seat.until > now) {
                resumed = true;
                Conn old = seat.holder;
                if (old != null) {
                    lose(old);
                }
                seat.holder = conn;
                seat.until = Long.MAX_VALUE;
                conn.session = asked;
            } else {
                conn.session = seats.size();
                seats.add(new Seat(user, conn));
            }
            answer += ",\"sessionId\":\"#" + conn.session + "\",\"resumed\":" + resumed;
        }
        conn.frames.add(answer + "}}");
        Mail mail = mail(user);
        mail.log.stream()
                .filter(entry -> entry.offset > mail.read && entry.type.equals("notification"))
                .forEach(entry -> conn.frames.add(push(entry)));
        return conn;
    }

    /** The connection breaks. */
    void lose(Conn conn) {
        conn.open = false;
        Seat seat = conn.session < 0 ? null : seats.get(conn.session);
        for (Room room : List.copyOf(conn.rooms.keySet())) {
            Place place = place(room);
            place.members.remove(conn);
            if (seat != null) {
                place.absent.put(conn.session, new Absent(conn.user, now + GRACE_MILLIS));
            } else {
                leftIfLast(room, conn.user);
            }
        }
        conn.rooms.clear();
        if (seat != null) {
            seat.holder = null;
            seat.until = now + GRACE_MILLIS;
        }
    }

    /** The client goes for good. */
    void goodbye(Conn conn) {
        conn.open = false;
        for (Room room : List.copyOf(conn.rooms.keySet())) {
            place(room).members.remove(conn);
            leftIfLast(room, conn.user);
        }
        conn.rooms.clear();
        if (conn.session >= 0) {
            endSession(conn.session);
        }
    }

    /** Every connection and session of a user ends. */
    void revoke(String user) {
        for (Conn conn : List.copyOf(conns)) {
            if (conn.open && conn.user.equals(user)) {
                goodbye(conn);
            }
        }
        for (int session = 0; session < seats.size(); session++) {
            if (seats.get(session).user.equals(user)) {
                endSession(session);
            }
        }
    }

    void pass(long millis) {
        now += millis;
        places.forEach((room, place) -> {
            for (var absent : List.copyOf(place.absent.entrySet())) {
                if (absent.getValue().until <= now) {
                    place.absent.remove(absent.getKey());
                    leftIfLast(room, absent.getValue().user);
                }
            }
        });
    }

    void join(Conn conn, Room room, long since) {
        if (!mayEnter(conn, room)) {
            conn.frames.add(error("\"j\"", "forbidden", "Forbidden"));
            return;
        }
        Place place = place(room);
        if (!conn.rooms.containsKey(room)) {
            boolean present = isPresent(place, conn.user);
            place.absent.remove(conn.session);
            if (!present) {
                toAll(place, person("user_joined", conn.user, room));
            }
            place.members.add(conn);
            conn.rooms.put(room, true);
        }
        String answer = "{\"type\":\"joined\",\"id\":\"j\",\"data\":{\"roomId\":\"" + room.id + "\",\"offset\":"
                + place.log.size();
        if (since > place.log.size()) {
            answer += ",\"recovered\":false,\"reason\":\"epoch_changed\",\"oldest\":1";
        } else if (since >= 0) {
            answer += ",\"recovered\":true";
        }
        conn.frames.add(answer + ",\"durability\":\"memory\"}}");
        if (since >= 0 && since <= place.log.size()) {
            place.log.stream().filter(entry -> entry.offset > since).forEach(entry -> conn.frames.add(push(entry)));
        }
    }

    void leave(Conn conn, Room room) {
        Place place = place(room);
        boolean wasPresent = place.absent.remove(conn.session) != null;
        if (conn.rooms.remove(room) != null) {
            place.members.remove(conn);
            wasPresent = true;
        }
        if (wasPresent) {
            leftIfLast(room, conn.user);
        }
        conn.frames.add("{\"type\":\"ack\",\"id\":\"l\",\"data\":{\"roomId\":\"" + room.id + "\"}}");
    }

    /** @param data the data that everybody gets; {@code toSelf} whether the connection gets it live */
    void write(Conn conn, Room room, String type, String data, boolean toSelf) {
        if (!conn.rooms.containsKey(room)) {
            conn.frames.add(error(null, "not_a_member", "Not a member"));
            return;
        }
        Place place = place(room);
        Stored entry = new Stored(place.log.size() + 1, type, data);
        place.log.add(entry);
        for (Conn member : place.members) {
            if (toSelf || member != conn) {
                member.frames.add(push(entry));
            }
        }
    }

    void typing(Conn conn, Room room) {
        if (!conn.rooms.containsKey(room)) {
            conn.frames.add(error(null, "not_a_member", "Not a member"));
            return;
        }
        for (Conn member : place(room).members) {
            if (member != conn) {
                member.frames.add("{\"type\":\"typing\",\"data\":{\"roomId\":\"" + room.id + "\",\"userId\":\""
                        + conn.user + "\",\"userName\":\"" + conn.user.toUpperCase(Locale.ROOT)
                        + "\",\"typing\":true}}");
            }
        }
    }

    void presence(Conn conn, Room room) {
        if (!mayEnter(conn, room)) {
            conn.frames.add(error("\"p\"", "forbidden", "Forbidden"));
            return;
        }
        Map<String, Integer> users = new TreeMap<>();
        Place place = place(room);
        place.members.forEach(member -> users.merge(member.user, 1, Integer::sum));
        place.absent.values().forEach(absent -> users.merge(absent.user, 1, Integer::sum));
        List<String> members = new ArrayList<>();
        users.forEach((user, count) -> members.add("{\"userId\":\"" + user + "\",\"userName\":\""
                + user.toUpperCase(Locale.ROOT) + "\",\"connections\":" + count + "}"));
        conn.frames.add("{\"type\":\"presence\",\"id\":\"p\",\"data\":{\"roomId\":\"" + room.id + "\",\"members\":["
                + String.join(",", members) + "],\"total\":" + users.size() + "}}");
    }

    void history(Conn conn, Room room) {
        if (!mayEnter(conn, room)) {
            conn.frames.add(error("\"h\"", "forbidden", "Forbidden"));
            return;
        }
        List<Stored> log = place(room).log;
        List<Stored> page = log.subList(Math.max(0, log.size() - HISTORY_PAGE), log.size());
        conn.frames.add("{\"type\":\"history\",\"id\":\"h\",\"data\":{\"roomId\":\"" + room.id + "\",\"entries\":["
                + String.join(",", page.stream().map(RoomRules::push).toList()) + "],\"oldest\":1,\"newest\":"
                + log.size() + ",\"more\":" + (log.size() > page.size()) + "}}");
    }

    void notify(String user, String data) {
        Mail mail = mail(user);
        mailAll(user, new Stored(mail.log.size() + 1, "notification", data));
    }

    /** Reads up to the newest entry of all. */
    long readAll(Conn conn) {
        Mail mail = mail(conn.user);
        long newest = mail.log.size();
        if (newest > mail.read) {
            mail.read = newest;
            mailAll(conn.user, new Stored(newest + 1, "notification_read", "{\"offset\":" + newest + "}"));
        }
        conn.frames.add("{\"type\":\"ack\",\"id\":\"r\",\"data\":{}}");
        return newest;
    }

    List<Conn> conns() {
        return conns;
    }

    private void mailAll(String user, Stored entry) {
        mail(user).log.add(entry);
        for (Conn conn : conns) {
            if (conn.open && conn.user.equals(user)) {
                conn.frames.add(push(entry));
            }
        }
    }

    private void endSession(int session) {
        Seat seat = seats.get(session);
        seat.over = true;
        places.forEach((room, place) -> {
            if (place.absent.remove(session) != null) {
                leftIfLast(room, seat.user);
            }
        });
    }

    private boolean mayEnter(Conn conn, Room room) {
        boolean token = false;
        for (String glob : Objects.requireNonNull(globs.get(conn.user)).split(",")) {
            String regex = Pattern.quote(glob).replace("*", "\\E.*\\Q").replace("?", "\\E.\\Q");
            token |= Pattern.matches(regex, room.id);
        }
        boolean app = !room.kind.equals("memo") || !room.id.startsWith("b") || conn.user.equals("u0");
        return token && app;
    }

    private void leftIfLast(Room room, String user) {
        Place place = place(room);
        if (!isPresent(place, user)) {
            toAll(place, person("user_left", user, room));
        }
    }

    private static boolean isPresent(Place place, String user) {
        return place.members.stream().anyMatch(member -> member.user.equals(user))
                || place.absent.values().stream().anyMatch(absent -> absent.user.equals(user));
    }

    private static void toAll(Place place, String frame) {
        place.members.forEach(member -> member.frames.add(frame));
    }

    private static String person(String type, String user, Room room) {
        return "{\"type\":\"" + type + "\",\"data\":{\"userId\":\"" + user + "\",\"userName\":\""
                + user.toUpperCase(Locale.ROOT) + "\",\"roomId\":\"" + room.id + "\"}}";
    }

    private static String push(Stored entry) {
        return "{\"type\":\"" + entry.type + "\",\"offset\":" + entry.offset + ",\"data\":" + entry.data + "}";
    }

    private static String error(@Nullable String id, String code, String message) {
        return "{\"type\":\"error\"" + (id == null ? "" : ",\"id\":" + id) + ",\"data\":{\"code\":\"" + code
                + "\",\"message\":\"" + message + "\",\"retry\":false}}";
    }

    private Place place(Room room) {
        return places.computeIfAbsent(room, r -> new Place());
    }

    private Mail mail(String user) {
        return mails.computeIfAbsent(user, u -> new Mail());
    }

    static List<String> sorted(List<String> frames) {
        return frames.stream().sorted(Comparator.naturalOrder()).toList();
    }
}
