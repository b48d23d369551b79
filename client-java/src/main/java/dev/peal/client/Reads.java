package dev.peal.client;

import dev.peal.client.loop.Loop;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Questions that change nothing: they wait for a connection, are asked again on the next one if the answer was lost, and held as long as the server says; all within one time limit.
 * Owned by the loop.
 */
final class Reads {
    private static final int WAITING_MAX = 200;

    private final Requests requests;
    private final ClientSettings settings;
    private final RandomGenerator random;
    private final Loop loop;
    private final LinkedHashSet<Read> all = new LinkedHashSet<>();
    private boolean live;

    Reads(Requests requests, ClientSettings settings, RandomGenerator random, Loop loop) {
        this.requests = requests;
        this.settings = settings;
        this.random = random;
        this.loop = loop;
    }

    private final class Read {
        private final String type;
        private final ObjectNode data;
        private final BiConsumer<@Nullable ObjectNode, @Nullable PealException> then;
        private final Backoff backoff = new Backoff(settings.reconnect(), random);
        private Loop.Timer patience = Loop.Timer.NONE;
        private Loop.Timer again = Loop.Timer.NONE;
        private boolean asked;

        Read(String type, ObjectNode data, BiConsumer<@Nullable ObjectNode, @Nullable PealException> then) {
            this.type = type;
            this.data = data;
            this.then = then;
        }

        private void ask() {
            if (live && !asked && all.contains(this)) {
                asked = true;
                requests.ask(type, data, this::outcome);
            }
        }

        private void outcome(Requests.Outcome outcome) {
            asked = false;
            if (!all.contains(this)) {
                return;
            }
            if (outcome instanceof Requests.Outcome.Answered answer) {
                end(answer.message(), null);
            } else if (outcome instanceof Requests.Outcome.Refused refused) {
                Refusal refusal = refused.refusal();
                if (refusal.retry()) {
                    again = loop.after(refusal.retryAfterMillis().orElseGet(backoff::nextMillis), this::ask);
                } else {
                    end(null, refusal.exception());
                }
            }
        }

        private void end(@Nullable ObjectNode answer, @Nullable PealException failure) {
            all.remove(this);
            patience.cancel();
            again.cancel();
            then.accept(answer, failure);
        }
    }

    void ask(String type, ObjectNode data, BiConsumer<@Nullable ObjectNode, @Nullable PealException> then) {
        if (all.size() >= WAITING_MAX) {
            then.accept(null, new PealException("queue_full", "Too many questions wait for their answer", true));
            return;
        }
        Read read = new Read(type, data, then);
        all.add(read);
        read.patience = loop.after(
                settings.patience().answerMillisMax(),
                () -> read.end(null, new PealException("timeout", "No answer in time", true)));
        read.ask();
    }

    void live() {
        live = true;
        List.copyOf(all).forEach(Read::ask);
    }

    void lost() {
        live = false;
    }

    void end(PealException why) {
        List.copyOf(all).forEach(read -> read.end(null, why));
    }
}
