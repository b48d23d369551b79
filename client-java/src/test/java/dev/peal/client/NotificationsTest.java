package dev.peal.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peal.client.json.Json;
import dev.peal.client.link.LinkEnd;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class NotificationsTest {
    private final ManualLoop loop = new ManualLoop();
    private final ScriptedTransport transport = new ScriptedTransport("websocket");
    private final List<String> told = new ArrayList<>();
    private final List<Long> read = new ArrayList<>();
    private final PealClient client = PealClient.builder("http://scripted")
            .transports(transport)
            .loop(loop)
            .callbacks(loop)
            .random(new Random(1))
            .connect()
            .onNotification(one -> told.add(one.data().path("title").stringValue("")))
            .onNotificationsRead(read::add);

    private void says(String json) {
        transport.events().message(Json.read(json).orElseThrow());
        loop.run();
    }

    private void signsInAs(String user) {
        loop.pass(1_000);
        transport.events().open();
        says("{\"type\":\"authenticated\",\"id\":\"signin\",\"data\":{\"success\":true,\"userId\":\"" + user + "\"}}");
    }

    private void notified(long offset, String title) {
        says("{\"type\":\"notification\",\"offset\":" + offset + ",\"data\":{\"title\":\"" + title + "\"}}");
    }

    @Test
    void whatIsUnreadComesAgainAfterALossAndIsToldOnce() {
        signsInAs("ann");
        notified(1, "one");
        notified(2, "two");
        transport.ends(1006, "", LinkEnd.Progress.OPENED);
        signsInAs("ann");
        notified(1, "one");
        notified(2, "two");
        notified(3, "three");
        assertThat(told).containsExactly("one", "two", "three");
    }

    @Test
    void offsetsThatBeginAnewAreNews() {
        signsInAs("ann");
        notified(1, "before");
        notified(1, "after the data was lost");
        assertThat(told).containsExactly("before", "after the data was lost");
    }

    @Test
    void broadcastsComeAsOftenAsTheyAreSaid() {
        signsInAs("ann");
        says("{\"type\":\"notification\",\"data\":{\"title\":\"noon\"}}");
        says("{\"type\":\"notification\",\"data\":{\"title\":\"noon\"}}");
        assertThat(told).containsExactly("noon", "noon");
    }

    @Test
    void readMarksAreToldAndSent() {
        signsInAs("ann");
        transport.sent();
        var marked = client.markRead(2);
        loop.run();
        String id = transport.sent().get(0).path("id").stringValue("");
        says("{\"type\":\"notification_read\",\"offset\":3,\"data\":{\"offset\":2}}");
        says("{\"type\":\"ack\",\"id\":\"" + id + "\",\"data\":{}}");
        assertThat(read).containsExactly(2L);
        assertThat(marked).isCompleted();
    }
}
