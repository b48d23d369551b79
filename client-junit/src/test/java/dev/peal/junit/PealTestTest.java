package dev.peal.junit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peal.client.ClientState;
import dev.peal.client.PealClient;
import dev.peal.client.RoomEvent;
import dev.peal.server.PealServer;
import dev.peal.server.config.Keys;
import java.net.URI;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

@PealTest("limits.roomsPerConnection=7")
final class PealTestTest {
    @Test
    void twoClientsTalk(@User("ann") PealClient ann, @User("bob") PealClient bob) throws InterruptedException {
        BlockingQueue<RoomEvent.Message> heard = new LinkedBlockingQueue<>();
        bob.room("lobby").onMessage(heard::add);
        // Bob's first entry says that he is there.
        bob.room("lobby").publish("I am here").join();
        ann.room("lobby").publish("hello").join();
        assertThat(heard.poll(20, TimeUnit.SECONDS))
                .extracting(RoomEvent.Message::text)
                .isEqualTo("I am here");
        RoomEvent.Message message = heard.poll(20, TimeUnit.SECONDS);
        assertThat(message).isNotNull();
        assertThat(message.text()).isEqualTo("hello");
        assertThat(message.userId()).contains("ann");
    }

    @Test
    void aClientIsSignedInUnderAnyName(PealClient one, PealClient two) {
        assertThat(one.state().phase()).isEqualTo(ClientState.Phase.LIVE);
        assertThat(one.diagnostics().join().userId()).contains("user1");
        assertThat(two.diagnostics().join().userId()).contains("user2");
    }

    @Test
    void theServerIsThereWithItsSettings(PealServer server, URI address) {
        assertThat(address.getPort()).isEqualTo(server.port());
        assertThat(server.config().get(Keys.ROOMS)).isEqualTo(7);
    }
}
