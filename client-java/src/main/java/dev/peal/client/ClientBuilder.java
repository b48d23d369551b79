package dev.peal.client;

import dev.peal.client.link.JsonGets;
import dev.peal.client.link.PollingTransport;
import dev.peal.client.link.SseTransport;
import dev.peal.client.link.Target;
import dev.peal.client.link.Transport;
import dev.peal.client.link.WebSocketTransport;
import dev.peal.client.loop.Loop;
import dev.peal.client.loop.LoopThread;
import dev.peal.client.outbox.FileOutbox;
import dev.peal.client.outbox.MemoryOutbox;
import dev.peal.client.outbox.Outbox;
import dev.peal.protocol.ClientMessage;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Gathers what a client is to be. Not thread-safe. */
public final class ClientBuilder {
    /** Serves documents alone, which nothing but a WebSocket carries. */
    private static final String DOCUMENTS = "/docs";

    private static final Duration CONNECT_MAX = Duration.ofSeconds(10);

    private final URI base;
    private String path = "/chat";
    private Optional<String> user = Optional.empty();
    private Optional<String> name = Optional.empty();
    private ClientSettings settings = ClientSettings.DEFAULT;
    private RandomGenerator random = new SecureRandom();
    private Optional<Path> outboxFile = Optional.empty();
    private Optional<Outbox> outbox = Optional.empty();
    private List<Transport> transports = List.of();
    private @Nullable TokenProvider tokens;
    private @Nullable HttpClient http;
    private @Nullable Loop loop;
    private @Nullable Executor callbacks;
    private Executor tokenThreads =
            task -> daemons("peal-token").newThread(task).start();

    ClientBuilder(URI base) {
        this.base = base;
    }

    /** What the client signs in with. */
    public ClientBuilder tokens(TokenProvider provider) {
        tokens = provider;
        return this;
    }

    /** Who the client is, where a server in {@code open} mode believes that. */
    public ClientBuilder user(String userId, String userName) {
        if (!ClientMessage.isUserId(userId) || !ClientMessage.isUserName(userName)) {
            throw new PealException(
                    "invalid_message",
                    "A user's id and name are 1 to 128 code points without control characters",
                    false);
        }
        user = Optional.of(userId);
        name = Optional.of(userName);
        return this;
    }

    /** The WebSocket endpoint, {@code /chat} if it is not said; the fallbacks are the chat's. */
    public ClientBuilder path(String endpoint) {
        path = endpoint;
        return this;
    }

    public ClientBuilder settings(ClientSettings other) {
        settings = other;
        return this;
    }

    /** Keeps what is not acknowledged in this file, for one user and one client at a time; it survives the end of the program. */
    public ClientBuilder outbox(Path file) {
        outboxFile = Optional.of(file);
        return this;
    }

    /** Keeps what is not acknowledged there; the client closes it. */
    public ClientBuilder outbox(Outbox other) {
        outbox = Optional.of(other);
        return this;
    }

    /** In this order, in place of WebSocket, event streams, long-polling; of the WebSocket alone on the path {@code /docs}. */
    public ClientBuilder transports(Transport... inOrder) {
        transports = List.of(inOrder);
        return this;
    }

    /** With its proxy, TLS and timeouts. It must speak HTTP/1.1. */
    public ClientBuilder http(HttpClient client) {
        http = client;
        return this;
    }

    /** Where the client's state lives; the caller closes it. */
    public ClientBuilder loop(Loop other) {
        loop = other;
        return this;
    }

    /** Runs what the program gives, one after the other and in order; the caller closes it. */
    public ClientBuilder callbacks(Executor inOrder) {
        callbacks = inOrder;
        return this;
    }

    /** Runs the token provider, which may block its thread. */
    public ClientBuilder tokenThreads(Executor threads) {
        tokenThreads = threads;
        return this;
    }

    /** Of waits and message ids. */
    public ClientBuilder random(RandomGenerator other) {
        random = other;
        return this;
    }

    /**
     * A client on its way to its server.
     *
     * @throws dev.peal.client.outbox.OutboxException where the file cannot be used, or another client has it
     */
    public PealClient connect() {
        LoopThread thread = new LoopThread("peal-client");
        Loop owner = loop == null ? thread : loop;
        ExecutorService own = Executors.newSingleThreadExecutor(daemons("peal-callbacks"));
        Executor told = callbacks == null ? own : callbacks;
        Outbox kept = outbox.or(() -> outboxFile.map(file -> new FileOutbox(file, owner)))
                .orElseGet(() -> new MemoryOutbox(owner));
        Runnable release = () -> {
            thread.finish();
            own.shutdown();
        };
        Connector.Parts connection = connection(new Target(base, path), transports(), owner, false);
        try {
            return new PealClient(new ClientCore.Parts(settings, owner, told, random, kept), connection, release)
                    .begin();
        } catch (RuntimeException e) {
            release.run();
            throw e;
        }
    }

    /**
     * A connection to a path of flat messages, for the library's other packages; it begins with {@link StreamLine#start}. No program uses it: it changes without notice. Who has
     * neither a token nor a user reads as nobody.
     */
    public StreamLine stream(String pathAndQuery, Function<StreamLine, StreamLine.User> user) {
        LoopThread thread = new LoopThread("peal-market");
        Loop owner = loop == null ? thread : loop;
        ExecutorService own = Executors.newSingleThreadExecutor(daemons("peal-callbacks"));
        Executor told = callbacks == null ? own : callbacks;
        Target target = new Target(base, pathAndQuery);
        HttpClient client = http();
        List<Transport> webSocket = transports.isEmpty() ? List.of(new WebSocketTransport(client)) : transports;
        Runnable release = () -> {
            thread.finish();
            own.shutdown();
        };
        return new StreamCore(
                new StreamCore.Parts(settings, owner, told, random, new JsonGets(client, target, owner)),
                connection(target, webSocket, owner, true),
                user,
                release);
    }

    private Connector.Parts connection(Target target, List<Transport> inOrder, Loop owner, boolean nobody) {
        Tokens provided =
                new Tokens(tokens, owner, tokenThreads, settings.patience().tokenMillisMax());
        return new Connector.Parts(
                target,
                new Connector.Identity(user, name, nobody),
                settings,
                new Transports(inOrder, owner, settings.reconnect().betterAgainMillis()),
                provided);
    }

    private HttpClient http() {
        return http == null
                ? HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .connectTimeout(CONNECT_MAX)
                        .build()
                : http;
    }

    private List<Transport> transports() {
        if (!transports.isEmpty()) {
            return transports;
        }
        HttpClient client = http();
        Transport webSocket = new WebSocketTransport(client);
        return path.equals(DOCUMENTS)
                ? List.of(webSocket)
                : List.of(webSocket, new SseTransport(client), new PollingTransport(client));
    }

    private static ThreadFactory daemons(String name) {
        return task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        };
    }
}
