package dev.peal.client;

import dev.peal.client.loop.Loop;
import dev.peal.protocol.ClientMessage;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The token in use, and the program that gives the next one: which may throw, never come back, or say the same again. Owned by the loop.
 */
final class Tokens {
    /** What came of asking. */
    sealed interface Result {
        record Have(String text) implements Result {
            @Override
            public Optional<String> token() {
                return Optional.of(text);
            }

            /** Without the token: this may reach a log. */
            @Override
            public String toString() {
                return "Have";
            }
        }

        /** There is no provider: the client signs in without one. */
        record Nobody() implements Result {}

        record Failed(String code) implements Result {}

        /** What to sign in with. */
        default Optional<String> token() {
            return Optional.empty();
        }
    }

    private final @Nullable TokenProvider provider;
    private final Loop loop;
    private final Executor threads;
    private final int millisMax;
    private @Nullable String held;
    private @Nullable String refused;
    private boolean busy;
    private int asked;
    private long turn;
    private Loop.Timer patience = Loop.Timer.NONE;

    /** @param threads runs the provider, which may block its thread */
    Tokens(@Nullable TokenProvider provider, Loop loop, Executor threads, int millisMax) {
        this.provider = provider;
        this.loop = loop;
        this.threads = threads;
        this.millisMax = millisMax;
    }

    boolean provided() {
        return provider != null;
    }

    /** How often the provider was asked. */
    int asked() {
        return asked;
    }

    /** The token in use, or a new one where there is none; a later call takes the place of an earlier one that is not answered. */
    void get(Consumer<Result> then) {
        if (provider == null) {
            loop.execute(() -> then.accept(new Result.Nobody()));
        } else if (held != null) {
            Result have = new Result.Have(held);
            loop.execute(() -> then.accept(have));
        } else {
            ask(provider, Optional.empty(), then);
        }
    }

    /** A token other than the one in use, which stays good until then. */
    void renew(Consumer<Result> then) {
        if (provider != null) {
            ask(provider, Optional.ofNullable(held), then);
        }
    }

    /** The server does not take it: it is never presented again. */
    void refused(Optional<String> token) {
        token.ifPresent(text -> refused = text);
        if (held != null && held.equals(refused)) {
            held = null;
        }
    }

    private void ask(TokenProvider from, Optional<String> otherThan, Consumer<Result> then) {
        if (busy) {
            // Its thread has not come back from the last call: another one would only hang beside it.
            loop.execute(() -> then.accept(new Result.Failed("token_timeout")));
            return;
        }
        busy = true;
        asked++;
        long mine = ++turn;
        patience.cancel();
        patience = loop.after(millisMax, () -> answer(mine, then, new Result.Failed("token_timeout")));
        threads.execute(() -> call(from, result -> loop.execute(() -> came(mine, otherThan, then, result))));
    }

    /** On the provider's thread. */
    private void call(TokenProvider from, Consumer<Result> then) {
        try {
            CompletionStage<String> stage = from.token();
            stage.whenComplete((token, failure) -> then.accept(result(token, failure)));
        } catch (Exception e) {
            then.accept(new Result.Failed("token_failed"));
        } finally {
            loop.execute(() -> busy = false);
        }
    }

    private static Result result(@Nullable String token, @Nullable Throwable failure) {
        if (failure != null || token == null) {
            return new Result.Failed("token_failed");
        }
        return fits(token) ? new Result.Have(token) : new Result.Failed("token_invalid");
    }

    /** Whether it can stand in a header; a line feed in it would begin another one. */
    static boolean fits(String token) {
        return !token.isEmpty()
                && token.length() <= ClientMessage.TOKEN_LENGTH_MAX
                && token.chars().allMatch(c -> c > ' ' && c <= '~');
    }

    private void came(long mine, Optional<String> otherThan, Consumer<Result> then, Result result) {
        if (result instanceof Result.Have have) {
            boolean stale = have.text().equals(refused)
                    || otherThan.filter(have.text()::equals).isPresent();
            if (stale) {
                answer(mine, then, new Result.Failed("token_stale"));
                return;
            }
            held = have.text(); // also one that came too late: it is there for the next try
        }
        answer(mine, then, result);
    }

    private void answer(long mine, Consumer<Result> then, Result result) {
        if (mine == turn) {
            turn++;
            patience.cancel();
            then.accept(result);
        }
    }
}
