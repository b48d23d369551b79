package dev.peal.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;

/** What the server says is, byte for byte, what the golden vectors say, and fits its schema. */
class ServerMessagesTest {
    private static final String ROOM = "roomId";

    @TestFactory
    Stream<DynamicTest> saysTheGoldenBytes() {
        return Spec.cases("server-messages").stream()
                .map(c -> dynamicTest(c.get("name").stringValue(), () -> {
                    String said = new String(
                            build(c.get("call").stringValue(), new Args(c.get("args"))), StandardCharsets.UTF_8);
                    assertThat(said).isEqualTo(c.get("frame").stringValue());
                    JsonNode frame = Spec.MAPPER.readTree(said);
                    assertThat(Spec.problems("server." + frame.get("type").stringValue(), frame))
                            .isEmpty();
                }));
    }

    @Test
    void everyServerMessageHasAGoldenVector() {
        var covered = new TreeSet<String>();
        Spec.cases("server-messages")
                .forEach(c -> covered.add(Spec.MAPPER
                        .readTree(c.get("frame").stringValue())
                        .get("type")
                        .stringValue()));
        assertThat(covered).containsExactlyInAnyOrderElementsOf(Spec.types("server"));
    }

    @Test
    void aPushGoesAroundStoredBytesUntouched() {
        JsonWriter out = new JsonWriter();
        ServerMessages.push(out, "message", 3, Spec.utf8("{ \"spaced\" : 1 }"));
        assertThat(out).hasToString("{\"type\":\"message\",\"offset\":3,\"data\":{ \"spaced\" : 1 }}");
    }

    @Test
    void anApplicationsOwnReplyCarriesTheId() {
        byte[] said = ServerMessages.reply(RequestId.of(5).orElseThrow(), "quote", Spec.utf8("{\"x\":1}"));
        assertThat(said).isEqualTo(Spec.utf8("{\"type\":\"quote\",\"id\":5,\"data\":{\"x\":1}}"));
    }

    private static byte[] build(String call, Args a) {
        return switch (call) {
            case "authenticated" -> ServerMessages.authenticated(a.id(), a.text("userId"), a.text("userName"));
            case "authenticatedInSession" ->
                ServerMessages.authenticated(
                        a.id(), a.text("userId"), a.text("userName"), a.need("sessionId"), a.flag("resumed"));
            case "notifications" ->
                ServerMessages.notifications(a.id(), a.entries(), a.number("read"), a.number("next"));
            case "joined" ->
                ServerMessages.joined(
                        a.id(),
                        ROOM,
                        a.room(),
                        a.position(),
                        Durability.valueOf(a.need("durability").toUpperCase(Locale.ROOT)),
                        a.recovery());
            case "ack" -> ack(a);
            case "error" -> {
                ErrorCode code = ErrorCode.valueOf(a.need("code").toUpperCase(Locale.ROOT));
                String message = a.text("message");
                yield message == null
                        ? ServerMessages.error(a.id(), code)
                        : ServerMessages.error(a.id(), code, message);
            }
            case "rateLimited" -> ServerMessages.rateLimited(a.id(), a.number("retryAfterMs"));
            case "pong" -> ServerMessages.pong(a.id());
            case "presence" ->
                ServerMessages.presence(a.id(), ROOM, a.room(), a.members(), (int) a.number("total"), a.text("next"));
            case "history" ->
                ServerMessages.history(
                        a.id(),
                        ROOM,
                        a.room(),
                        a.need("epoch"),
                        a.entries(),
                        a.number("oldest"),
                        a.number("newest"),
                        a.flag("more"));
            case "searchResults" ->
                ServerMessages.searchResults(a.id(), ROOM, a.room(), a.results(), a.optionalNumber("next"));
            case "reconnect" -> ServerMessages.reconnect(a.number("afterMs"));
            case "close" -> ServerMessages.close(closeReason((int) a.number("code")));
            case "tokenExpiring" -> ServerMessages.tokenExpiring(a.number("expiresInMs"));
            case "notification" -> ServerMessages.notification(a.json.get("data"));
            case "replied" -> ServerMessages.reply(a.id(), a.need("type"), Spec.utf8(a.need("data")));
            default -> push(call, a);
        };
    }

    private static CloseReason closeReason(int code) {
        return Arrays.stream(CloseReason.values())
                .filter(reason -> reason.code() == code)
                .findFirst()
                .orElseThrow();
    }

    private static byte[] ack(Args a) {
        RequestId id = a.id();
        if (a.json.has("offset")) {
            return ServerMessages.ack(id, a.idField(), a.room(), a.position());
        }
        return a.json.has(a.idField()) ? ServerMessages.ack(id, a.idField(), a.room()) : ServerMessages.ack(id);
    }

    private static byte[] push(String call, Args a) {
        return switch (call) {
            case "user" ->
                ServerMessages.push(
                        a.need("type"), 0, ServerMessages.userData(a.text("userId"), a.text("userName"), a.room()));
            case "typing" ->
                ServerMessages.push(
                        "typing",
                        0,
                        ServerMessages.typingData(a.room(), a.text("userId"), a.text("userName"), a.flag("typing")));
            case "chat" ->
                ServerMessages.push(
                        "chat",
                        a.number("offset"),
                        ServerMessages.chatData(a.room(), a.need("message"), a.text("userId"), a.number("timeMillis")));
            case "message" ->
                ServerMessages.push(
                        "message",
                        a.number("offset"),
                        ServerMessages.messageData(
                                a.room(),
                                a.need("message"),
                                a.text("userId"),
                                a.text("userName"),
                                a.number("timeMillis")));
            case "pushed" -> ServerMessages.push(a.need("type"), a.number("offset"), Spec.utf8(a.need("data")));
            case "presenceCount" ->
                ServerMessages.push(
                        "presence_count", 0, ServerMessages.presenceCountData(a.room(), (int) a.number("total")));
            case "removed" -> ServerMessages.removed(a.idField(), a.room());
            case "skipped" -> ServerMessages.skipped(a.idField(), a.room(), a.number("count"), a.number("newest"));
            default -> throw new AssertionError("no builder for " + call);
        };
    }

    /** The arguments of one vector. */
    private record Args(JsonNode json) {
        @Nullable
        RequestId id() {
            JsonNode id = json.path("id");
            if (id.isString()) {
                return RequestId.of(id.stringValue()).orElseThrow();
            }
            return id.isNumber() ? RequestId.of(id.longValue()).orElseThrow() : null;
        }

        String idField() {
            return json.has("documentId") ? "documentId" : ROOM;
        }

        String room() {
            return need(idField());
        }

        @Nullable
        String text(String name) {
            return json.path(name).stringValue(null);
        }

        String need(String name) {
            return json.get(name).stringValue();
        }

        long number(String name) {
            return json.get(name).longValue();
        }

        boolean flag(String name) {
            return json.get(name).booleanValue();
        }

        Position position() {
            return new Position(need("epoch"), number("offset"));
        }

        Recovery recovery() {
            return switch (need("recovery")) {
                case "not_asked" -> Recovery.NOT_ASKED;
                case "complete" -> Recovery.COMPLETE;
                case "epoch_changed" -> new Recovery.Lost(Recovery.Reason.EPOCH_CHANGED, number("oldest"));
                default -> new Recovery.Lost(Recovery.Reason.HISTORY_TRIMMED, number("oldest"));
            };
        }

        List<ServerMessages.Member> members() {
            List<ServerMessages.Member> members = new ArrayList<>();
            for (JsonNode m : json.get("members")) {
                members.add(new ServerMessages.Member(
                        m.get("userId").stringValue(null),
                        m.get("userName").stringValue(null),
                        m.get("connections").intValue()));
            }
            return members;
        }

        @Nullable
        Long optionalNumber(String name) {
            return json.get(name).isNull() ? null : number(name);
        }

        List<ServerMessages.Result> results() {
            List<ServerMessages.Result> results = new ArrayList<>();
            for (JsonNode r : json.get("results")) {
                List<int[]> highlights = new ArrayList<>();
                for (JsonNode h : r.get("highlights")) {
                    highlights.add(new int[] {h.get(0).intValue(), h.get(1).intValue()});
                }
                ServerMessages.Entry entry = new ServerMessages.Entry(
                        r.get("type").stringValue(),
                        r.get("offset").longValue(),
                        Spec.utf8(r.get("data").stringValue()));
                results.add(new ServerMessages.Result(entry, highlights));
            }
            return results;
        }

        List<ServerMessages.Entry> entries() {
            List<ServerMessages.Entry> entries = new ArrayList<>();
            for (JsonNode e : json.get("entries")) {
                entries.add(new ServerMessages.Entry(
                        e.get("type").stringValue(),
                        e.get("offset").longValue(),
                        Spec.utf8(e.get("data").stringValue())));
            }
            return entries;
        }
    }
}
