package dev.peal.client;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Flow;

/** Hands what happens in a room to everyone who listens, each at its own pace. Owned by the loop. */
final class Feed {
    private final String roomId;
    private final RoomSubscription.Shared shared;
    private final List<RoomSubscription> subscriptions = new ArrayList<>();

    Feed(String roomId, RoomSubscription.Shared shared) {
        this.roomId = roomId;
        this.shared = shared;
    }

    void subscribe(Flow.Subscriber<? super RoomEvent> subscriber) {
        RoomSubscription subscription = new RoomSubscription(shared, roomId, subscriber, subscriptions::remove);
        subscriptions.add(subscription);
        subscription.begin();
    }

    void offer(RoomEvent event) {
        List.copyOf(subscriptions).forEach(one -> one.offer(event));
    }

    /** Nothing more happens here. */
    void complete() {
        List.copyOf(subscriptions).forEach(RoomSubscription::complete);
    }
}
