package dev.peal.app;

import dev.peal.auth.KeyRing;
import dev.peal.hub.Hub;
import dev.peal.hub.Residents;
import dev.peal.hub.RoomKind;
import dev.peal.log.RoomLog;
import dev.peal.search.EntryText;
import dev.peal.store.Store;
import dev.peal.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The applications of a server, and which message goes to which. Immutable. */
public final class Apps {
    /** Every application's messages can be sent on this path. */
    public static final String ROOT = "/";

    /** Where a message type leads. */
    public record Route(App app, MessageType<?> type) {}

    private final List<App> apps;
    private final List<StreamApp> streams;
    private final Map<String, Map<String, Route>> byPath;

    /** Applications with rooms alone. */
    public Apps(List<? extends App> apps) {
        this(apps, List.of());
    }

    /** @throws IllegalArgumentException if two applications share a room kind, a message type on one path, or the path of a stream */
    public Apps(List<? extends App> apps, List<? extends StreamApp> streams) {
        this.apps = List.copyOf(apps);
        this.streams = List.copyOf(streams);
        Map<String, Map<String, Route>> routes = new HashMap<>();
        routes.put(ROOT, new HashMap<>());
        Map<String, App> kinds = new HashMap<>();
        for (App app : apps) {
            App other = kinds.putIfAbsent(app.kind().kind(), app);
            if (other != null) {
                throw new IllegalArgumentException(
                        "two applications have rooms of the kind " + app.kind().kind());
            }
            for (MessageType<?> type : app.messages()) {
                Route route = new Route(app, type);
                for (String path : Set.of(ROOT, app.path())) {
                    add(routes.computeIfAbsent(path, p -> new HashMap<>()), route, path);
                }
            }
        }
        for (StreamApp stream : streams) {
            if (routes.putIfAbsent(stream.path(), Map.of()) != null) {
                throw new IllegalArgumentException("two applications have the path " + stream.path());
            }
        }
        this.byPath = Map.copyOf(routes);
    }

    /** The paths on which a WebSocket can be opened. */
    public Set<String> paths() {
        return byPath.keySet();
    }

    public Map<String, RoomKind> kinds() {
        return apps.stream().map(App::kind).collect(Collectors.toMap(RoomKind::kind, kind -> kind));
    }

    /** Whether the log of a kind of rooms is its application's alone to trim. */
    public boolean keepsLogs(String kind) {
        return ofKind(kind).map(App::keepsLogs).orElse(false);
    }

    /** What is kept about rooms, by their kind. */
    public Map<String, Residents> residents() {
        Map<String, Residents> residents = new HashMap<>();
        for (App app : apps) {
            app.residents().ifPresent(kept -> residents.put(app.kind().kind(), kept));
        }
        return residents;
    }

    /** The application whose rooms are of a kind. */
    public Optional<App> ofKind(String kind) {
        return apps.stream().filter(app -> app.kind().kind().equals(kind)).findFirst();
    }

    /** The applications without rooms. */
    public List<StreamApp> streams() {
        return streams;
    }

    /** What the applications answer over HTTP. */
    public List<HttpRoute> routes() {
        return Stream.concat(
                        apps.stream().flatMap(app -> app.routes().stream()),
                        streams.stream().flatMap(app -> app.routes().stream()))
                .toList();
    }

    /** What the applications do over HTTP for programs that have an API key. */
    public List<ProgramRoute> programRoutes() {
        return Stream.concat(
                        apps.stream().flatMap(app -> app.programRoutes().stream()),
                        streams.stream().flatMap(app -> app.programRoutes().stream()))
                .toList();
    }

    /** What can be searched, by room kind. */
    public Function<String, Optional<EntryText>> searchTexts() {
        Map<String, EntryText> texts = new HashMap<>();
        for (App app : apps) {
            app.searchText().ifPresent(text -> texts.put(app.kind().kind(), text));
        }
        return kind -> Optional.ofNullable(texts.get(kind));
    }

    /** What can be sent on a path. */
    public Map<String, Route> on(String path) {
        @Nullable Map<String, Route> routes = byPath.get(path);
        return routes == null ? Map.of() : routes;
    }

    /**
     * Gives each application its means. The name of an application's part of the store is its rooms' kind, or its own name.
     *
     * @return completed once all can be connected to
     */
    public CompletionStage<Void> start(Hub hub, RoomLog log, Store store, KeyRing keys, Clock clock) {
        Store all = store.within("app");
        for (App app : apps) {
            app.start(new HubContext(hub, log, all.within(app.kind().kind()), clock));
        }
        return CompletableFuture.allOf(streams.stream()
                .map(app -> app.start(new StreamContext(hub.loops(), all.within(app.name()), keys, clock)))
                .map(CompletionStage::toCompletableFuture)
                .toArray(CompletableFuture[]::new));
    }

    /** Ends what goes on without connections. */
    public void stop() {
        streams.forEach(StreamApp::stop);
    }

    private static void add(Map<String, Route> routes, Route route, String path) {
        if (routes.putIfAbsent(route.type().type(), route) != null) {
            throw new IllegalArgumentException(
                    "two applications take the message " + route.type().type() + " on " + path);
        }
    }
}
