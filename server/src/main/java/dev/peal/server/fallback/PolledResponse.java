package dev.peal.server.fallback;

import dev.peal.auth.Sha256;
import dev.peal.protocol.Recovery;
import dev.peal.session.Notifications;
import dev.peal.transport.http.Request;
import dev.peal.transport.http.Response;
import dev.peal.transport.poll.Polled;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What a poll came to, as a response: an array of messages, and headers that say where its reader stands. Pure. */
final class PolledResponse {
    private static final String JSON = "application/json";

    private PolledResponse() {}

    static Response of(Polled polled) {
        // The log of a poll without a room says its name even alone: who signs in has another one beside it.
        boolean named = polled.rooms().size() != 1
                || Notifications.isKind(polled.rooms().getFirst().room().kind());
        Response response = Response.of(200, JSON, array(polled.entries()))
                .with("Cache-Control", "no-store")
                .with(
                        "Peal-Position",
                        joined(
                                polled,
                                named,
                                "@",
                                stand -> Optional.of(stand.position().toString())));
        response = with(response, "Peal-Recovered", joined(polled, named, "=", PolledResponse::recovered));
        response = with(
                response,
                "Peal-Reason",
                joined(
                        polled,
                        named,
                        "=",
                        stand -> lost(stand).map(lost -> lost.reason().wire())));
        response = with(
                response,
                "Peal-Oldest",
                joined(polled, named, "=", stand -> lost(stand).map(lost -> Long.toString(lost.oldest()))));
        return polled.more() ? response.with("Peal-More", "true") : response;
    }

    /** The same for a read that did not wait: nothing is sent to a reader that has it already. */
    static Response cached(Polled polled, Request request) {
        Response response = of(polled);
        String state = response.headers().get("Peal-Position") + polled.more() + response.body().length;
        String etag = '"' + Sha256.base64Url(state).substring(0, 22) + '"';
        Response tagged = response.with("ETag", etag).with("Cache-Control", "no-cache");
        return request.header("If-None-Match").filter(etag::equals).isPresent() ? tagged.bodiless(304) : tagged;
    }

    private static byte[] array(byte[] entries) {
        byte[] array = new byte[Math.max(2, entries.length + 1)];
        array[0] = '[';
        System.arraycopy(entries, 0, array, 1, entries.length);
        array[array.length - 1] = ']'; // over the last comma
        return array;
    }

    private static Optional<String> recovered(Polled.Stand stand) {
        return switch (stand.recovery()) {
            case Recovery.NotAsked n -> Optional.empty();
            case Recovery.Complete c -> Optional.of("true");
            case Recovery.Lost l -> Optional.of("false");
        };
    }

    private static Optional<Recovery.Lost> lost(Polled.Stand stand) {
        return stand.recovery() instanceof Recovery.Lost lost ? Optional.of(lost) : Optional.empty();
    }

    private static String joined(
            Polled polled, boolean named, String sign, Function<Polled.Stand, Optional<String>> value) {
        return polled.rooms().stream()
                .flatMap(stand ->
                        value.apply(stand).map(text -> named ? Logs.name(stand.room()) + sign + text : text).stream())
                .collect(Collectors.joining(", "));
    }

    private static Response with(Response response, String name, String value) {
        return value.isEmpty() ? response : response.with(name, value);
    }
}
