package dev.peal.auth;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The API keys that a running server accepts. Thread-safe; {@link #find} takes one look-up and one hash and touches no disk.
 *
 * <p>A thread of its own looks for a changed file twice a second, so that a key that is made or revoked by the command line counts within a second, without a
 * restart. A file that cannot be read any more opens nothing: whether a key was revoked in it cannot be known.
 */
public final class ApiKeys implements KeyRing, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ApiKeys.class);
    private static final long LOOK_MILLIS = 500;

    /** Compared with where no key has the id, so that a guess takes as long whether the id exists or not. */
    private static final ApiKey NOBODY = new ApiKey("000000000000", "nobody", Set.of(ApiScope.READ), 0, "0".repeat(64));

    private final ApiKeyFile file;
    private final ScheduledExecutorService looking;
    private volatile Map<String, ApiKey> byId = Map.of();

    /** Guarded by the monitor of {@link #look}. */
    private ApiKeyFile.Stamp stamp = ApiKeyFile.Stamp.NONE;

    private ApiKeys(ApiKeyFile file) {
        this.file = file;
        this.looking = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "peal-api-keys");
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * Reads the keys and keeps an eye on them. Blocks on I/O.
     *
     * @throws IOException where there is a file and it cannot be read
     */
    public static ApiKeys open(ApiKeyFile file) throws IOException {
        ApiKeys keys = new ApiKeys(file);
        try {
            keys.read();
        } catch (IOException e) {
            keys.close();
            throw e;
        }
        keys.looking.scheduleWithFixedDelay(keys::look, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
        return keys;
    }

    @Override
    public Optional<ApiKey> find(String text) {
        Optional<ApiKey.Presented> presented = ApiKey.Presented.of(text);
        if (presented.isEmpty()) {
            return Optional.empty();
        }
        ApiKey held = byId.getOrDefault(presented.get().id(), NOBODY);
        return held.opensWith(presented.get().secret()) ? Optional.of(held) : Optional.empty();
    }

    /** Reads the file again if it is another one. Blocks on I/O. */
    void look() {
        try {
            read();
        } catch (IOException e) {
            if (!byId.isEmpty()) {
                LOG.warn("no API key is accepted until it is mended: {}", e.getMessage());
            }
            byId = Map.of();
        }
    }

    private synchronized void read() throws IOException {
        ApiKeyFile.Stamp now = file.stamp();
        if (now.equals(stamp)) {
            return;
        }
        byId = file.read().stream().collect(Collectors.toUnmodifiableMap(ApiKey::id, Function.identity()));
        stamp = now;
    }

    @Override
    public void close() {
        looking.shutdownNow();
    }
}
