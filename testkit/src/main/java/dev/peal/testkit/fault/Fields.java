package dev.peal.testkit.fault;

import java.io.IOException;

/** Reads fields of the server's frames where they stand: their names occur once in a frame, and texts of these tests need no escapes. */
final class Fields {
    private Fields() {}

    static boolean isType(String frame, String type) {
        return frame.startsWith("\"" + type + "\"", "{\"type\":".length());
    }

    static boolean has(String frame, String name) {
        return frame.contains("\"" + name + "\":");
    }

    static String text(String frame, String name) throws IOException {
        int from = after(frame, "\"" + name + "\":\"");
        return frame.substring(from, frame.indexOf('"', from));
    }

    static long number(String frame, String name) throws IOException {
        int from = after(frame, "\"" + name + "\":");
        int to = from;
        while (to < frame.length() && Character.isDigit(frame.charAt(to))) {
            to++;
        }
        return Long.parseLong(frame, from, to, 10);
    }

    static boolean flag(String frame, String name) {
        return frame.contains("\"" + name + "\":true");
    }

    private static int after(String frame, String start) throws IOException {
        int at = frame.indexOf(start);
        if (at < 0) {
            throw new IOException("no " + start + " in " + frame);
        }
        return at + start.length();
    }
}
