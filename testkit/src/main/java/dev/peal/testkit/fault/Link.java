package dev.peal.testkit.fault;

import java.io.IOException;
import java.net.Socket;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** One proxied connection: up is from the client to the server. Thread-safe. */
public final class Link {
    private final Socket client;
    private final Socket server;
    private final Pump up;
    private final Pump down;
    private final Consumer<Link> over;
    private final AtomicInteger ends = new AtomicInteger();
    private final AtomicBoolean closed = new AtomicBoolean();

    Link(Socket client, Socket server, Fault up, Fault down, long seed, Consumer<Link> over) {
        this.client = client;
        this.server = server;
        this.over = over;
        this.up = new Pump(this, client, server, up, new Random(seed));
        this.down = new Pump(this, server, client, down, new Random(~seed));
    }

    void start(ExecutorService threads) {
        threads.execute(up);
        threads.execute(down);
    }

    /** From the client to the server. */
    public void up(Fault fault) {
        up.set(fault);
    }

    /** From the server to the client. */
    public void down(Fault fault) {
        down.set(fault);
    }

    /** Both directions. */
    public void set(Fault fault) {
        up(fault);
        down(fault);
    }

    /** Cuts both sides with RST. */
    public void reset() {
        if (closed.compareAndSet(false, true)) {
            linger(client);
            linger(server);
            close();
        }
    }

    /** Ends both sides with FIN, as a proxy does that is told to end. */
    public void end() {
        if (closed.compareAndSet(false, true)) {
            close();
        }
    }

    /** One direction has come to its end; the other may go on. */
    void ended() {
        if (ends.incrementAndGet() == 2) {
            end();
        }
    }

    private void close() {
        up.close();
        down.close();
        shut(client);
        shut(server);
        over.accept(this);
    }

    /** The close that follows sends RST. */
    private static void linger(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
        } catch (IOException e) {
            // closed already
        }
    }

    static void shut(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // nothing is left to end
        }
    }
}
