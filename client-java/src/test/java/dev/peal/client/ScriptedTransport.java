package dev.peal.client;

import dev.peal.client.link.Link;
import dev.peal.client.link.LinkEnd;
import dev.peal.client.link.LinkEvents;
import dev.peal.client.link.Target;
import dev.peal.client.link.Transport;
import dev.peal.client.loop.Loop;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** A transport whose other side is the test: it sees what is opened, sent and closed, and says what comes. */
final class ScriptedTransport implements Transport {
    private final String name;
    private final List<ObjectNode> sent = new ArrayList<>();
    private @Nullable LinkEvents events;
    private Optional<Integer> closed = Optional.empty();
    private int opened;

    ScriptedTransport(String name) {
        this.name = name;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Link open(Target target, Loop loop, LinkEvents toTell) {
        opened++;
        events = toTell;
        return new Link() {
            @Override
            public void send(ObjectNode message) {
                sent.add(message);
            }

            @Override
            public void close(int code, String reason) {
                closed = Optional.of(code);
            }
        };
    }

    /** How many links were opened since the last look. */
    int opened() {
        int count = opened;
        opened = 0;
        return count;
    }

    /** What was sent since the last look. */
    List<ObjectNode> sent() {
        List<ObjectNode> all = List.copyOf(sent);
        sent.clear();
        return all;
    }

    /** The code of a close since the last look. */
    Optional<Integer> closed() {
        Optional<Integer> code = closed;
        closed = Optional.empty();
        return code;
    }

    LinkEvents events() {
        if (events == null) {
            throw new IllegalStateException("nothing was opened");
        }
        return events;
    }

    void ends(int code, String reason, LinkEnd.Progress progress) {
        events().closed(new LinkEnd(code, reason, OptionalLong.empty(), progress));
    }
}
