package dev.peal.bench;

import static dev.peal.bench.Contender.PEAL;

import dev.peal.bench.Generator.Figures;
import java.io.IOException;
import java.util.List;

/** The cases, each with the numbers that its target names. */
final class Cases {
    static final List<Case> ALL = List.of(
            new FanOut(),
            new OpenLoop(),
            new OneSender(),
            new Ack(),
            new Memory(),
            new Handshake(),
            new Deflate(),
            new Durable("durable", false),
            new Durable("durable-2", true),
            new DurableAtRate(),
            new Documents(),
            new DocumentOpening(),
            new DocumentMemory(),
            new MarketFeed());

    static final int MEMBERS = 1_000;
    static final int SENDERS = 50;
    private static final int CHURN = 40_000;
    static final String FRAMES = "frames/s";
    static final String CPU = "server CPU µs/frame";
    static final String P99 = "p99 ms";
    static final String P99_AT_100 = "p99 ms at 100 messages/s";
    static final String ACK_P99 = "p99 ms of the acknowledgement";
    static final String DEFLATE_RATIO = "deflated CPU / plain CPU";

    private Cases() {}

    /** One room of a thousand under the given senders; a rate of 0 is a closed loop. */
    static Load room(Contender contender, int senders, double rate, Case.Pace pace) {
        return timed(Load.of("cast", contender.roomDialect()), pace)
                .with("--conns", MEMBERS)
                .with("--senders", senders)
                .with("--rate", rate)
                .with("--size", 128);
    }

    private static Load publishes(Case.Pace pace) {
        return timed(Load.of("request", "publish"), pace)
                .with("--conns", 8)
                .with("--inflight", 125)
                .with("--size", 128);
    }

    static Load timed(Load load, Case.Pace pace) {
        return load.with("--warm", pace.warmSeconds())
                .with("--warm-max", pace.warmSecondsMax())
                .with("--secs", pace.seconds());
    }

    private record FanOut() implements Case {
        @Override
        public String name() {
            return "fanout";
        }

        @Override
        public String title() {
            return "Fan-out, closed loop";
        }

        @Override
        public String method() {
            return "One room of 1,000 members, 50 of them send 128-byte messages; each sends its next when its own has come back. Every delivery counts.";
        }

        @Override
        public String headline() {
            return FRAMES;
        }

        @Override
        public List<Contender> contenders() {
            return Contender.ROOMS;
        }

        @Override
        public void measure(ServerProcess server, Generator generator, Pace pace, Recorder recorder)
                throws IOException {
            Figures figures = generator.run(server, room(server.contender(), SENDERS, 0, pace));
            recorder.record(FRAMES, figures.framesPerSecond());
            recorder.record(CPU, figures.number("cpuMicrosPerFrame"));
            recorder.record(P99, figures.p99Millis());
        }
    }

    private record OneSender() implements Case {
        @Override
        public String name() {
            return "one";
        }

        @Override
        public String title() {
            return "One sender";
        }

        @Override
        public String method() {
            return "The same room with one sender, closed loop: nothing can be gathered into batches. Then 100 messages a second on a fixed schedule, in a longer window and after more warming up.";
        }

        @Override
        public String headline() {
            return FRAMES;
        }

        @Override
        public List<Contender> contenders() {
            return Contender.ROOMS;
        }

        @Override
        public void measure(ServerProcess server, Generator generator, Pace pace, Recorder recorder)
                throws IOException {
            Figures closed = generator.run(server, room(server.contender(), 1, 0, pace));
            recorder.record(FRAMES, closed.framesPerSecond());
            recorder.record(CPU, closed.number("cpuMicrosPerFrame"));
            recorder.record(P99, closed.p99Millis());
            Figures fixed = generator.run(server, room(server.contender(), 1, 100, pace.steady()));
            recorder.record(P99_AT_100, fixed.p99Millis());
            recorder.record("frames/s at 100 messages/s", fixed.framesPerSecond());
        }
    }

    private record Ack() implements Case {
        @Override
        public String name() {
            return "ack";
        }

        @Override
        public String title() {
            return "Request and acknowledgement";
        }

        @Override
        public String method() {
            return "500 clients, each with one request in flight and a room of its own; Peal acknowledges a `typing` that it does not store, the peers echo a text of "
                    + "the same length.";
        }

        @Override
        public String headline() {
            return "requests/s";
        }

        @Override
        public List<Contender> contenders() {
            return Contender.ROOMS;
        }

        @Override
        public void measure(ServerProcess server, Generator generator, Pace pace, Recorder recorder)
                throws IOException {
            Load load = timed(Load.of("request", server.contender().requestDialect()), pace)
                    .with("--conns", 500)
                    .with("--size", 80);
            Figures figures = generator.run(server, load);
            recorder.record("requests/s", figures.framesPerSecond());
            recorder.record("server CPU µs/request", figures.number("cpuMicrosPerFrame"));
            recorder.record(P99, figures.p99Millis());
        }
    }

    private record Memory() implements Case {
        @Override
        public String name() {
            return "memory";
        }

        @Override
        public String title() {
            return "Memory of an idle joined connection";
        }

        @Override
        public String method() {
            return "Connections that have joined rooms of 100 and then listen; the slope between 5,000 and 15,000 of them on a server that has seen 40,000 others come and go, "
                    + "after a full collection where it is a JVM.";
        }

        @Override
        public String headline() {
            return "resident KB";
        }

        @Override
        public List<Contender> contenders() {
            return Contender.ROOMS;
        }

        @Override
        public void measure(ServerProcess server, Generator generator, Pace pace, Recorder recorder)
                throws IOException {
            Load load = Load.of("hold", server.contender().idleDialect())
                    .with("--steps", "5000,15000")
                    .with("--churn", CHURN)
                    .with("--addresses", 4)
                    .with("--room-size", 100)
                    .with("--warm", 1);
            if (server.contender().jvm()) {
                load.with("--jcmd", Jvm.program("jcmd"));
            }
            Figures figures = generator.run(server, load);
            recorder.record("resident KB", figures.number("residentPerConnection") / 1024);
            if (server.contender().jvm()) {
                recorder.record("live heap KB", figures.number("liveHeapPerConnection") / 1024);
            }
        }
    }

    private record Handshake() implements Case {
        @Override
        public String name() {
            return "handshake";
        }

        @Override
        public String title() {
            return "Handshakes";
        }

        @Override
        public String method() {
            return "Connect, upgrade, close, again; 32 at a time from 16 loopback addresses, on a warm server.";
        }

        @Override
        public String headline() {
            return "handshakes/s";
        }

        @Override
        public List<Contender> contenders() {
            return Contender.ROOMS.stream()
                    .filter(contender -> contender != Contender.SOCKET_IO)
                    .toList();
        }

        @Override
        public void measure(ServerProcess server, Generator generator, Pace pace, Recorder recorder)
                throws IOException {
            Load load = timed(Load.of("handshake", "upgrade"), pace)
                    .with("--inflight", 32)
                    .with("--addresses", 16);
            Figures figures = generator.run(server, load);
            recorder.record("handshakes/s", figures.framesPerSecond());
            recorder.record("server CPU µs/handshake", figures.number("cpuMicrosPerFrame"));
        }
    }

    private record Deflate() implements Case {
        @Override
        public String name() {
            return "deflate";
        }

        @Override
        public String title() {
            return "Deflated broadcast";
        }

        @Override
        public String method() {
            return "The room of 1,000 gets 100 messages of 1,100 bytes of English words a second, first plain, then with permessage-deflate.";
        }

        @Override
        public String headline() {
            return DEFLATE_RATIO;
        }

        @Override
        public List<Contender> contenders() {
            return List.of(PEAL);
        }

        @Override
        public void measure(ServerProcess server, Generator generator, Pace pace, Recorder recorder)
                throws IOException {
            Figures plain = generator.run(server, broadcast(pace));
            Figures deflated = generator.run(server, broadcast(pace.warm()).with("--deflate"));
            double plainCpu = plain.number("cpuMicrosPerFrame");
            double deflatedCpu = deflated.number("cpuMicrosPerFrame");
            recorder.record("plain CPU µs/frame", plainCpu);
            recorder.record("deflated CPU µs/frame", deflatedCpu);
            recorder.record(DEFLATE_RATIO, deflatedCpu / plainCpu);
            recorder.record("plain bytes/frame", plain.number("bytesPerFrame"));
            recorder.record("deflated bytes/frame", deflated.number("bytesPerFrame"));
            recorder.record("frames deflated, %", 100 * deflated.number("deflatedFrames") / deflated.number("frames"));
        }

        private static Load broadcast(Pace pace) {
            return timed(Load.of("cast", "room"), pace)
                    .with("--conns", MEMBERS)
                    .with("--senders", SENDERS)
                    .with("--rate", 100)
                    .with("--size", 1_040)
                    .with("--filler", "words");
        }
    }

    private record Durable(String name, boolean twoCores) implements Case {
        @Override
        public String title() {
            return "Durable acknowledged publishes, " + (twoCores ? "two cores" : "one core");
        }

        @Override
        public String method() {
            return "8 connections, each in a room of its own, 125 publishes of 128 bytes in flight on each; a publish is acknowledged when it is on disk."
                    + (twoCores ? " The generator takes its share of the two cores." : "");
        }

        @Override
        public String headline() {
            return "publishes/s";
        }

        @Override
        public List<Contender> contenders() {
            return List.of(PEAL);
        }

        @Override
        public void measure(ServerProcess server, Generator generator, Pace pace, Recorder recorder)
                throws IOException {
            Figures figures = generator.run(server, publishes(pace));
            recorder.record("publishes/s", figures.framesPerSecond());
            recorder.record("server CPU µs/publish", figures.number("cpuMicrosPerFrame"));
            recorder.record(P99, figures.p99Millis());
        }
    }

    private record DocumentMemory() implements Case {
        @Override
        public String name() {
            return "docs-memory";
        }

        @Override
        public String title() {
            return "Memory of an open, idle document";
        }

        @Override
        public String method() {
            return "Each connection is in a document of its own, in which 100 operations typed 10,000 characters, and then listens; the slope of the live heap between 500 and "
                    + "1,500 of them, the connection included.";
        }

        @Override
        public String headline() {
            return "live heap KB";
        }

        @Override
        public List<Contender> contenders() {
            return List.of(PEAL);
        }

        @Override
        public void measure(ServerProcess server, Generator generator, Pace pace, Recorder recorder)
                throws IOException {
            Load load = Load.of("hold", "idle-docs")
                    .with("--steps", "500,1500")
                    .with("--warm", 1)
                    .with("--setup-timeout", 120)
                    .with("--jcmd", Jvm.program("jcmd"));
            Figures figures = generator.run(server, load);
            recorder.record("live heap KB", figures.number("liveHeapPerConnection") / 1024);
            recorder.record("resident KB", figures.number("residentPerConnection") / 1024);
        }
    }

    private record DurableAtRate() implements Case {
        private static final double PUBLISHES_PER_SECOND = 10_000;

        @Override
        public String name() {
            return "durable-rate";
        }

        @Override
        public String title() {
            return "Durable acknowledged publishes at a fixed rate";
        }

        @Override
        public String method() {
            return "The same, one core, but once it is warm 10,000 publishes a second are due on a fixed schedule; a latency counts from when its publish was "
                    + "due to its acknowledgement.";
        }

        @Override
        public String headline() {
            return ACK_P99;
        }

        @Override
        public List<Contender> contenders() {
            return List.of(PEAL);
        }

        @Override
        public void measure(ServerProcess server, Generator generator, Pace pace, Recorder recorder)
                throws IOException {
            // At a fixed rate a server does not get faster: only a closed loop shows when its compiler is done.
            generator.run(server, publishes(pace));
            Load load = publishes(pace.warm()).with("--rate", PUBLISHES_PER_SECOND);
            Figures figures = generator.run(server, load);
            recorder.record("publishes/s", figures.framesPerSecond());
            recorder.record(ACK_P99, figures.p99Millis());
        }
    }
}
