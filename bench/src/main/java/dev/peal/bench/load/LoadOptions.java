package dev.peal.bench.load;

import java.util.List;
import picocli.CommandLine.Option;

/** What the generator is asked to do; each option is a flag of its command line. */
final class LoadOptions {
    @Option(names = "--mode", required = true, description = "cast, request, hold, open, handshake or market")
    String mode = "";

    @Option(names = "--dialect", required = true, description = "how the server is spoken to")
    String dialect = "";

    @Option(names = "--port", required = true, description = "the server's port on 127.0.0.1")
    int port;

    @Option(names = "--conns", description = "connections (default ${DEFAULT-VALUE})")
    int connections = 100;

    @Option(names = "--senders", description = "how many of them send (default ${DEFAULT-VALUE})")
    int senders = 1;

    @Option(names = "--inflight", description = "messages that a sender has in flight (default ${DEFAULT-VALUE})")
    int inFlight = 1;

    @Option(
            names = "--rate",
            description = "messages per second of all senders; 0: the next goes when one's own came back")
    double rate;

    @Option(names = "--size", description = "bytes of a message's text (default ${DEFAULT-VALUE})")
    int size = 128;

    @Option(names = "--filler", description = "x, or words (compressible English)")
    String filler = "x";

    @Option(names = "--warm", description = "seconds before counting (default ${DEFAULT-VALUE})")
    double warmSeconds = 1;

    @Option(
            names = "--warm-max",
            description = "warming up goes on for at most so long while the server still gets faster (default: --warm)")
    double warmSecondsMax;

    @Option(names = "--secs", description = "seconds of counting (default ${DEFAULT-VALUE})")
    double seconds = 3;

    @Option(names = "--pid", description = "the server's process: its CPU time and memory are read")
    long pid;

    @Option(names = "--jcmd", description = "path of jcmd: the server's live heap is read with it")
    String jcmd = "";

    @Option(names = "--steps", split = ",", description = "hold: the numbers of connections to measure at")
    List<Integer> steps = List.of(5_000, 15_000);

    @Option(names = "--churn", description = "hold: how many connections come and go first")
    int churn;

    @Option(names = "--room-size", description = "connections per room where the dialect has rooms of their own")
    int roomSize = 1;

    @Option(names = "--first-room", description = "the number of the first room")
    int firstRoom;

    @Option(names = "--addresses", description = "loopback source addresses")
    int addresses = 1;

    @Option(names = "--stalled", description = "market: how many of the connections read nothing")
    int stalled;

    @Option(names = "--deflate", description = "offer permessage-deflate without context takeover")
    boolean deflate;

    @Option(names = "--pause", description = "open: milliseconds between an end and the next opening")
    int pauseMillis = 50;

    @Option(names = "--sample", description = "one frame in so many has its latency read (default ${DEFAULT-VALUE})")
    int sample = 8;

    @Option(names = "--setup-timeout", description = "seconds within which all connections must be ready")
    int setupSeconds = 60;

    Loop.Target target() {
        return new Loop.Target(port, Dialect.named(dialect), deflate, addresses, new Loop.Rooms(firstRoom, roomSize));
    }
}
