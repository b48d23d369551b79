package dev.peal.e2e.server;

import static dev.peal.e2e.server.RunningServer.TEXT_FRAME;
import static dev.peal.e2e.server.RunningServer.nextOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.peal.e2e.websocket.WireClient;
import java.io.IOException;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A replay over a real socket. */
class ReplayTest {
    private static final int ENTRIES = 2_000;
    private static final Pattern EPOCH = Pattern.compile("\"epoch\":\"([^\"]+)\"");

    /** A page goes out when the socket has drained: also a page that the socket took at once, and one that never filled it. */
    @Test
    void comesToItsEndWhateverItsPagesWeigh(@TempDir Path data) throws IOException {
        try (RunningServer server = RunningServer.open(data)) {
            for (int length : new int[] {1, 50, 100, 150, 250, 990}) {
                String room = "r" + length;
                String epoch;
                try (WireClient writer = server.connect()) {
                    epoch = epoch(join(writer, room, ""));
                    fill(writer, room, "x".repeat(length));
                }
                try (WireClient reader = server.connect()) {
                    join(reader, room, ",\"since\":{\"epoch\":\"" + epoch + "\",\"offset\":0}");
                    for (int offset = 1; offset <= ENTRIES; offset++) {
                        assertThat(nextOf(reader, "message")).contains("\"offset\":" + offset + ",");
                    }
                }
            }
        }
    }

    private static void fill(WireClient writer, String room, String text) throws IOException {
        for (int i = 0; i < ENTRIES; i += 100) {
            for (int j = 0; j < 100; j++) {
                writer.send(
                        TEXT_FRAME,
                        "{\"type\":\"message\",\"data\":{\"roomId\":\"" + room + "\",\"message\":\"" + text + "\"}}");
            }
            for (int j = 0; j < 100; j++) {
                nextOf(writer, "message");
            }
        }
    }

    private static String join(WireClient client, String room, String since) throws IOException {
        client.send(
                TEXT_FRAME,
                "{\"type\":\"join_room\",\"id\":\"j\",\"data\":{\"roomId\":\"" + room + "\"" + since + "}}");
        return nextOf(client, "joined");
    }

    private static String epoch(String joined) {
        Matcher matcher = EPOCH.matcher(joined);
        assertThat(matcher.find()).isTrue();
        return matcher.group(1);
    }
}
