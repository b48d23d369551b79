package dev.peal.junit;

import dev.peal.client.ClientState;
import dev.peal.client.PealClient;
import dev.peal.server.PealServer;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.platform.commons.support.AnnotationSupport;

/** What {@link PealTest} does. It keeps everything in JUnit's stores, which close it. */
public final class PealExtension implements BeforeAllCallback, AfterEachCallback, ParameterResolver {
    private static final ExtensionContext.Namespace HERE = ExtensionContext.Namespace.create(PealExtension.class);
    private static final int SIGN_IN_SECONDS_MAX = 30;

    /** The clients of one test. */
    private static final class Clients implements AutoCloseable {
        private final List<PealClient> all = new ArrayList<>();

        @Override
        public void close() {
            all.forEach(PealClient::close);
            all.clear();
        }
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        running(context);
    }

    /** Of the class: nested classes share the outer one's. */
    private static RunningPeal running(ExtensionContext context) {
        return context.getStore(HERE)
                .getOrComputeIfAbsent(
                        RunningPeal.class, any -> RunningPeal.start(settings(context)), RunningPeal.class);
    }

    private static List<String> settings(ExtensionContext context) {
        return AnnotationSupport.findAnnotation(context.getRequiredTestClass(), PealTest.class)
                .map(test -> List.of(test.value()))
                .orElse(List.of());
    }

    /** The clients go before the server does, so that none of them tries to come back. */
    @Override
    public void afterEach(ExtensionContext context) {
        clients(context).close();
    }

    private static Clients clients(ExtensionContext context) {
        return context.getStore(HERE).getOrComputeIfAbsent(Clients.class, any -> new Clients(), Clients.class);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return type == PealClient.class || type == URI.class || type == PealServer.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        RunningPeal running = running(context);
        Class<?> type = parameter.getParameter().getType();
        if (type == PealServer.class) {
            return running.server();
        }
        if (type == URI.class) {
            return running.server().uri();
        }
        Clients clients = clients(context);
        String user = parameter.findAnnotation(User.class).map(User::value).orElse("user" + (clients.all.size() + 1));
        PealClient client =
                PealClient.builder(running.server().uri()).user(user, user).connect();
        clients.all.add(client);
        awaitLive(client);
        return client;
    }

    private static void awaitLive(PealClient client) {
        CountDownLatch live = new CountDownLatch(1);
        client.onState(state -> {
            if (state.phase() == ClientState.Phase.LIVE) {
                live.countDown();
            }
        });
        try {
            boolean there = client.state().phase() == ClientState.Phase.LIVE
                    || live.await(SIGN_IN_SECONDS_MAX, TimeUnit.SECONDS);
            if (!there) {
                throw new ParameterResolutionException("the client is not signed in: " + client.state());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ParameterResolutionException("interrupted", e);
        }
    }
}
