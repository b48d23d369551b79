package dev.peal.transport.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.handler.codec.http.HttpMethod;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

final class RoutesTest {
    private final List<String> seen = new ArrayList<>();
    private final Routes routes = Routes.builder()
            .get("/rooms", request -> done("list"))
            .get("/rooms/own/members", request -> done("exact"))
            .get("/rooms/{room}/members", (request, values) -> done("members of " + values))
            .post("/rooms/{room}/members", (request, values) -> done("post to " + values))
            .get("/{a}/x/{b}", (request, values) -> done("two " + values))
            .build();

    private CompletionStage<Response> done(String what) {
        seen.add(what);
        return CompletableFuture.completedStage(Response.empty(204));
    }

    private String get(String path) {
        return outcome(path, HttpMethod.GET);
    }

    @SuppressWarnings("NullAway") // no handler here looks at the request
    private String outcome(String path, HttpMethod method) {
        return switch (routes.match(path, method)) {
            case Routes.Match.Found found -> {
                found.handler().handle(null);
                yield seen.removeLast();
            }
            case Routes.Match.OtherMethods other -> "405 " + other.allow();
            case Routes.Match.Nothing nothing -> "404";
            case Routes.Match.Malformed malformed -> "400";
        };
    }

    @Test
    void aParameterIsOneWholeSegmentDecoded() {
        assertThat(get("/rooms/lobby/members")).isEqualTo("members of [lobby]");
        assertThat(get("/rooms/a%20b%C3%A4/members")).isEqualTo("members of [a bä]");
        assertThat(get("/rooms/a+b/members")).isEqualTo("members of [a+b]");
        assertThat(get("/rooms/a%2Fb/members"))
                .as("an encoded slash makes no segment")
                .isEqualTo("members of [a/b]");
        assertThat(get("/1/x/2")).isEqualTo("two [1, 2]");
        assertThat(get("/rooms/%252e/members")).as("decoded once").isEqualTo("members of [%2e]");
    }

    @Test
    void whatIsFixedIsComparedBeforeDecoding() {
        assertThat(get("/rooms/own/members")).isEqualTo("exact");
        assertThat(get("/room%73/lobby/members")).isEqualTo("404");
        assertThat(get("/rooms/lobby/Members")).isEqualTo("404");
        assertThat(get("/rooms/lobby/members/")).isEqualTo("404");
        assertThat(get("/rooms/lobby")).isEqualTo("404");
        assertThat(get("//rooms/lobby/members")).isEqualTo("404");
        assertThat(get("/rooms/a/b/members")).isEqualTo("404");
    }

    @Test
    void whatIsNoTextIsMalformed() {
        for (String room :
                List.of("", ".", "..", "%2e", "%2E.", "%2e%2e", "%ff", "%C3", "%C0%AF", "%ED%A0%80", "%4", "%zz")) {
            assertThat(get("/rooms/" + room + "/members")).as(room).isEqualTo("400");
        }
        assertThat(get("/rooms/" + "x".repeat(1_536) + "/members")).startsWith("members of [xxx");
        assertThat(get("/rooms/" + "x".repeat(1_537) + "/members")).isEqualTo("400");
    }

    @Test
    void methodsAreToldApart() {
        assertThat(outcome("/rooms/k/members", HttpMethod.POST)).isEqualTo("post to [k]");
        assertThat(outcome("/rooms/k/members", HttpMethod.HEAD)).isEqualTo("members of [k]");
        assertThat(outcome("/rooms/k/members", HttpMethod.DELETE)).isEqualTo("405 GET, POST, HEAD");
        assertThat(outcome("/rooms/k/members", HttpMethod.OPTIONS)).isEqualTo("405 GET, POST, HEAD");
    }

    @Test
    void aRouteIsGivenOnce() {
        Routes.Builder builder = Routes.builder().get("/a/{b}", (request, values) -> done(""));
        assertThatThrownBy(() -> builder.get("/a/{b}", (request, values) -> done("")))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
