package dev.peal.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peal.client.PealClient;
import dev.peal.junit.PealTest;
import dev.peal.junit.User;
import dev.peal.testkit.Await;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PipedReader;
import java.io.PipedWriter;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

@PealTest
final class ConsoleChatTest {
    @Test
    void whatIsTypedIsSaidAndWhatOthersSayIsPrinted(@User("ann") PealClient ann, @User("bob") PealClient bob)
            throws IOException {
        ByteArrayOutputStream screen = new ByteArrayOutputStream();
        try (PipedWriter keyboard = new PipedWriter();
                BufferedReader in = new BufferedReader(new PipedReader(keyboard));
                PrintStream out = new PrintStream(screen, true, StandardCharsets.UTF_8)) {
            CompletableFuture<Void> chat = CompletableFuture.runAsync(() -> {
                try {
                    ConsoleChat.run(ann, "lobby", in, out);
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            });
            keyboard.write("hello\n");
            keyboard.flush();
            Await.until("Ann's words are on the screen", () -> shown(screen).contains("ann: hello"));
            bob.room("lobby").publish("hi Ann").join();
            Await.until("and Bob's", () -> shown(screen).contains("bob: hi Ann"));
            assertThat(shown(screen)).contains("* in lobby", "* bob came");
            keyboard.close();
            chat.join();
        }
    }

    private static String shown(ByteArrayOutputStream screen) {
        return screen.toString(StandardCharsets.UTF_8);
    }
}
