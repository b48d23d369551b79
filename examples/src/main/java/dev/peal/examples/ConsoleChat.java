package dev.peal.examples;

import dev.peal.client.PealClient;
import dev.peal.client.PealException;
import dev.peal.client.Room;
import dev.peal.client.RoomEvent;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletionException;

/** A chat in a terminal: what others say is printed, what is typed is said. It keeps talking over lost connections and restarts of the server. */
public final class ConsoleChat {
    private final Room room;
    private final PrintStream out;

    private ConsoleChat(Room room, PrintStream out) {
        this.room = room;
        this.out = out;
    }

    /** Runs until the input ends. */
    static void run(PealClient client, String roomId, BufferedReader in, PrintStream out) throws IOException {
        Room room = client.room(roomId);
        ConsoleChat chat = new ConsoleChat(room, out);
        room.onEvent(chat::show);
        client.onHeld(held -> out.println("* slow down: goes out in " + held.millis() + " ms"));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            chat.say(line);
        }
    }

    private void show(RoomEvent event) {
        switch (event) {
            case RoomEvent.Message said -> out.println(said.userName().orElse("somebody") + ": " + said.text());
            case RoomEvent.UserJoined who -> out.println("* " + who.userName().orElse("somebody") + " came");
            case RoomEvent.UserLeft who -> out.println("* " + who.userName().orElse("somebody") + " left");
            case RoomEvent.Joined joined -> out.println("* in " + room.id());
            case RoomEvent.Refused refused -> out.println("* not let in: " + refused.code());
            default -> {}
        }
    }

    /** Waits for nothing but a place in the queue; what is not stored is said so. */
    private void say(String line) {
        room.publish(line).whenComplete((ack, failure) -> {
            if (failure != null) {
                Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
                out.println("* not sent: " + (cause instanceof PealException why ? why.code() : cause));
            }
        });
    }

    public static void main(String[] args) throws IOException {
        String url = args.length > 0 ? args[0] : "http://localhost:8080";
        String name = args.length > 1 ? args[1] : System.getProperty("user.name");
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        try (PealClient client = PealClient.builder(url).user(name, name).connect()) {
            run(client, "lobby", in, System.out);
        }
    }
}
