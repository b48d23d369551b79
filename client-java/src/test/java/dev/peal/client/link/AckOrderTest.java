package dev.peal.client.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peal.client.json.Json;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

final class AckOrderTest {
    private final List<String> up = new ArrayList<>();
    private final AckOrder order = new AckOrder(message ->
            up.add(message.path("type").stringValue("") + message.path("id").stringValue("")));

    private void push(long offset) {
        order.push(json("{\"type\":\"message\",\"offset\":" + offset + ",\"data\":{\"roomId\":\"r\"}}"));
    }

    private void ack(String type, String id, long offset) {
        order.reply(
                json("{\"type\":\"" + type + "\"}"),
                json("{\"type\":\"ack\",\"id\":\"" + id + "\",\"data\":{\"roomId\":\"r\",\"offset\":" + offset + "}}"));
    }

    private static ObjectNode json(String text) {
        return Json.read(text).orElseThrow();
    }

    @Test
    void anAcknowledgementWaitsForItsPush() {
        order.joined("r", 5);
        ack("message", "a", 7);
        push(6);
        assertThat(up).containsExactly("message");
        push(7);
        assertThat(up).containsExactly("message", "message", "acka");
    }

    @Test
    void whatWasPushedBeforeIsAcknowledgedAtOnce() {
        order.joined("r", 5);
        ack("message", "a", 5);
        push(6);
        ack("message", "b", 6);
        assertThat(up).containsExactly("acka", "message", "ackb");
    }

    @Test
    void whatIsNeverPushedToItsSenderWaitsForNothing() {
        order.joined("r", 5);
        ack("chat", "a", 6);
        assertThat(up).containsExactly("acka");
    }

    @Test
    void whoLeavesWaitsNoLonger() {
        order.joined("r", 5);
        ack("message", "a", 6);
        order.left("r");
        assertThat(up).containsExactly("acka");
    }
}
