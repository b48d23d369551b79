package dev.peal.testkit.fault;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A TCP proxy on the loopback that does to its connections what networks do. Thread-safe.
 *
 * <p>The n-th connection's faults come from the seed alone.
 */
public final class FaultProxy implements AutoCloseable {
    private static final int BACKLOG = 4_096;
    private static final int CONNECT_MILLIS = 10_000;

    private final InetSocketAddress target;
    private final ServerSocket listener;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Set<Link> links = ConcurrentHashMap.newKeySet();
    private final AtomicInteger accepted = new AtomicInteger();
    private final Random random;
    private volatile Function<Random, Fault> newUp = any -> Fault.NONE;
    private volatile Function<Random, Fault> newDown = any -> Fault.NONE;
    private volatile boolean refusing;
    private volatile boolean closed;

    private FaultProxy(int targetPort, long seed) throws IOException {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        target = new InetSocketAddress(loopback, targetPort);
        listener = new ServerSocket(0, BACKLOG, loopback);
        // Random begins alike for seeds that are neighbours.
        random = new Random(new SplittableRandom(seed).nextLong());
    }

    /** A proxy before a server on this machine, that passes everything on until it is told otherwise. */
    public static FaultProxy to(int targetPort, long seed) throws IOException {
        FaultProxy proxy = new FaultProxy(targetPort, seed);
        proxy.threads.execute(proxy::accept);
        return proxy;
    }

    public int port() {
        return listener.getLocalPort();
    }

    /** Connections accepted so far, refused ones too. */
    public int accepted() {
        return accepted.get();
    }

    /** The connections that are open. */
    public List<Link> links() {
        return List.copyOf(links);
    }

    /** How connections begin from now on: one fault for each direction, drawn for each connection. */
    public void begin(Function<Random, Fault> up, Function<Random, Fault> down) {
        newUp = up;
        newDown = down;
    }

    /** Puts every connection, those to come too, under one fault in both directions. */
    public void all(Fault fault) {
        begin(any -> fault, any -> fault);
        links.forEach(link -> link.set(fault));
    }

    /** While true, whoever connects is reset at once. */
    public void refuse(boolean refuse) {
        refusing = refuse;
    }

    /** Cuts every connection with RST. */
    public void resetAll() {
        links.forEach(Link::reset);
    }

    /** Ends every connection with FIN. */
    public void endAll() {
        links.forEach(Link::end);
    }

    private void accept() {
        while (!closed) {
            try {
                take(listener.accept());
            } catch (IOException e) {
                if (!closed) {
                    throw new IllegalStateException("the proxy cannot accept", e);
                }
            }
        }
    }

    private void take(Socket client) {
        accepted.incrementAndGet();
        // Drawn here, in the order of the accepts, and not on the connection's own thread.
        long seed = random.nextLong();
        Fault up = newUp.apply(random);
        Fault down = newDown.apply(random);
        try {
            threads.execute(() -> connect(client, up, down, seed));
        } catch (RejectedExecutionException e) {
            abort(client); // the proxy was closed meanwhile
        }
    }

    private void connect(Socket client, Fault up, Fault down, long seed) {
        Socket server = new Socket();
        try {
            client.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
            if (refusing) {
                throw new IOException("refused");
            }
            server.connect(target, CONNECT_MILLIS);
            Consumer<Link> over = links::remove;
            Link link = new Link(client, server, up, down, seed, over);
            links.add(link);
            link.start(threads);
            if (closed) {
                link.reset();
            }
        } catch (IOException e) {
            // Nobody is there, or nobody is to get there: the client sees what it would see without a proxy.
            abort(client);
            Link.shut(server);
        }
    }

    private static void abort(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
        } catch (IOException e) {
            // closed already
        }
        Link.shut(socket);
    }

    @Override
    public void close() {
        closed = true;
        try {
            listener.close();
        } catch (IOException e) {
            throw new IllegalStateException("the proxy cannot close", e);
        }
        resetAll();
        threads.shutdown();
    }

    /**
     * A proxy in a process of its own, for more connections than one process may have files: prints its port, then obeys what comes on standard input: {@code r} resets,
     * {@code e} ends all connections. It ends with its input.
     *
     * @param arguments the port of the server
     */
    public static void main(String[] arguments) throws IOException {
        try (FaultProxy proxy = to(Integer.parseInt(arguments[0]), 0)) {
            System.out.println(proxy.port());
            for (int c = System.in.read(); c >= 0; c = System.in.read()) {
                switch (c) {
                    case 'r' -> proxy.resetAll();
                    case 'e' -> proxy.endAll();
                    default -> {}
                }
            }
        }
    }
}
