package dev.peal.client;

import dev.peal.testkit.history.Recording;

/** Writes down what one client publishes and sees in one room. */
public final class Recorder extends Recording {
    private final Room room;

    public Recorder(String name, Room room) {
        super(name, room.id());
        this.room = room;
        room.onEvent(this::take);
    }

    private void take(RoomEvent event) {
        if (event instanceof RoomEvent.Joined joined) {
            joined(joined.newest(), joined.recovery());
        } else if (event instanceof RoomEvent.Message message) {
            entry(message.place(), message.text());
        }
    }

    @Override
    public void publish() {
        String payload = nextPayload();
        room.publish(payload).whenComplete((ack, refusal) -> {
            if (ack == null) {
                refused(payload);
            } else {
                stored(payload, ack.position());
            }
        });
    }
}
