package dev.peal.chat;

import dev.peal.testkit.SessionRig;
import java.util.List;

/** The frames that these tests send, and how they look at what comes. */
final class Frames {
    private Frames() {}

    static String join(String room) {
        return "{\"type\":\"join_room\",\"data\":{\"roomId\":\"" + room + "\"}}";
    }

    static String joinAsking(String id, String room) {
        return "{\"type\":\"join_room\",\"id\":\"" + id + "\",\"data\":{\"roomId\":\"" + room + "\"}}";
    }

    static String joinSince(String room, String epoch, long offset) {
        return "{\"type\":\"join_room\",\"id\":\"j\",\"data\":{\"roomId\":\"" + room + "\",\"since\":{\"epoch\":\""
                + epoch + "\",\"offset\":" + offset + "}}}";
    }

    static String leave(String room) {
        return "{\"type\":\"leave_room\",\"data\":{\"roomId\":\"" + room + "\"}}";
    }

    static String message(String room, String text) {
        return "{\"type\":\"message\",\"data\":{\"roomId\":\"" + room + "\",\"message\":\"" + text + "\"}}";
    }

    static String messageAsking(String id, String room, String text) {
        return "{\"type\":\"message\",\"id\":\"" + id + "\",\"data\":{\"roomId\":\"" + room + "\",\"message\":\"" + text
                + "\"}}";
    }

    static String messageOnce(String id, String messageId, String room, String text) {
        return "{\"type\":\"message\",\"id\":\"" + id + "\",\"messageId\":\"" + messageId + "\",\"data\":{\"roomId\":\""
                + room + "\",\"message\":\"" + text + "\"}}";
    }

    static String chat(String room, String text) {
        return "{\"type\":\"chat\",\"data\":{\"roomId\":\"" + room + "\",\"message\":\"" + text + "\"}}";
    }

    static String typing(String room) {
        return "{\"type\":\"typing\",\"data\":{\"roomId\":\"" + room + "\",\"typing\":true}}";
    }

    static String authenticate(String token) {
        return "{\"type\":\"authenticate\",\"data\":{\"token\":\"" + token + "\"}}";
    }

    /** Someone who has authenticated, with nothing left to read. */
    static SessionRig.Client signedIn(SessionRig rig, int loop, String user) {
        SessionRig.Client client = rig.open(loop).send(authenticate(user));
        client.take();
        return client;
    }

    /** The type of each frame. */
    static List<String> types(List<String> frames) {
        return frames.stream()
                .map(frame -> frame.replaceAll("^\\{\"type\":\"([a-z_]+)\".*", "$1"))
                .toList();
    }

    /** The text of each chat or message. */
    static List<String> texts(List<String> frames) {
        return frames.stream()
                .filter(frame -> frame.startsWith("{\"type\":\"message\"") || frame.startsWith("{\"type\":\"chat\""))
                .map(frame -> frame.replaceAll(".*\"message\":\"([^\"]*)\".*", "$1"))
                .toList();
    }

    /** The offset of each stored push. */
    static List<Long> offsets(List<String> frames) {
        return frames.stream()
                .filter(frame -> frame.contains("\"offset\":") && frame.matches("\\{\"type\":\"(message|chat)\".*"))
                .map(frame -> Long.parseLong(frame.replaceAll(".*?\"offset\":(\\d+).*", "$1")))
                .toList();
    }

    static String epoch(List<String> frames) {
        return frames.stream()
                .filter(frame -> frame.contains("\"epoch\""))
                .map(frame -> frame.replaceAll(".*\"epoch\":\"([^\"]*)\".*", "$1"))
                .findFirst()
                .orElseThrow();
    }
}
