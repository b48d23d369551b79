package dev.peal.e2e.contract;

import dev.peal.testkit.fault.Wiretap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * All that passes in this JVM's tests, checked against the document: of each message the first {@value #CHECKED_MAX}, because a test under load says the same
 * thing a million times. Thread-safe.
 */
public final class Overheard implements Wiretap {
    static final int CHECKED_MAX = 200;

    private static final int PROBLEMS_MAX = 20;
    private static final String TYPE = "{\"type\":\"";
    private static final String ACTION = "{\"action\":\"";
    /** What the server says on the stream of a market, where nothing lies in {@code data}. */
    private static final String FLAT = "stream.server.";

    private static final Set<String> STREAMED = AsyncApi.messages("stream");
    private static final Map<String, AtomicInteger> COUNTS = new ConcurrentHashMap<>();
    private static final Queue<String> PROBLEMS = new ConcurrentLinkedQueue<>();

    /** The messages that passed at least once. */
    static Set<String> messages() {
        return new TreeSet<>(COUNTS.keySet());
    }

    /** What was wrong since this was asked last. */
    static List<String> problems() {
        List<String> problems = List.copyOf(PROBLEMS);
        PROBLEMS.removeAll(problems);
        return problems;
    }

    @Override
    public void sent(String json) {
        hear("client.", json);
    }

    @Override
    public void received(String json) {
        hear("server.", json);
    }

    /** One message; {@code direction} is {@code client.} or {@code server.}. */
    static void hear(String direction, String json) {
        String name = name(direction, json);
        if (name.isEmpty()) {
            report(direction + " without a type at its beginning: " + json);
            return;
        }
        if (COUNTS.computeIfAbsent(name, n -> new AtomicInteger()).incrementAndGet() <= CHECKED_MAX) {
            check(name, json);
        }
    }

    private static String name(String direction, String json) {
        String opening = json.startsWith(ACTION) ? ACTION : TYPE;
        int end = json.startsWith(opening) ? json.indexOf('"', opening.length()) : -1;
        if (end < 0) {
            return "";
        }
        String word = json.substring(opening.length(), end);
        if (opening.equals(ACTION)) {
            return "stream." + direction + word;
        }
        boolean flat = direction.equals("server.") && STREAMED.contains(FLAT + word) && !json.contains("\"data\":");
        return flat ? FLAT + word : direction + word;
    }

    /** Reports what is wrong with a message, however many of its name came before. */
    static void check(String name, String json) {
        try {
            JsonNode message = AsyncApi.JSON.readTree(json);
            AsyncApi.problems(name, message).forEach(problem -> report(problem + " in " + json));
        } catch (JacksonException e) {
            report("no JSON: " + json);
        }
    }

    private static void report(String problem) {
        if (PROBLEMS.size() < PROBLEMS_MAX) {
            PROBLEMS.add(problem);
        }
    }
}
