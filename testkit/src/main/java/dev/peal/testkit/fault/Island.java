package dev.peal.testkit.fault;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A network of its own for a process, joined to this one by cables that can be pulled: what a proxy cannot show, since there the kernel acknowledges what nobody
 * reads. Linux, as root, with {@code ip}, {@code unshare} and {@code nsenter}. Used by one thread.
 *
 * <p>It is a network namespace that ends with the process that holds it, and that one ends with this JVM, however it dies.
 */
public final class Island implements AutoCloseable {
    /** What networks are measured with (RFC 2544): nobody has addresses there. */
    private static final int FIRST_ADDRESS = 198 << 24 | 18 << 16;

    private static final int SUBNETS = 1 << 15;
    private static final int COMMAND_SECONDS_MAX = 20;

    private final Process holder;
    private final List<Cable> cables = new ArrayList<>();

    private Island(Process holder) {
        this.holder = holder;
    }

    /** A virtual cable. */
    public static final class Cable {
        private final String device;
        private final int subnet;

        private Cable(String device, int subnet) {
            this.device = device;
            this.subnet = subnet;
        }

        /** The address at the island's end. */
        public String island() {
            return address(2);
        }

        private String mainland() {
            return address(1);
        }

        private String address(int host) {
            int address = FIRST_ADDRESS + 4 * subnet + host;
            return (address >>> 24) + "." + (address >> 16 & 255) + "." + (address >> 8 & 255) + "." + (address & 255);
        }

        /** Nothing passes from now on, and nobody is told. */
        public void pull() throws IOException {
            must("ip", "link", "set", device, "down");
        }

        public void plug() throws IOException {
            must("ip", "link", "set", device, "up");
        }
    }

    /** An island; nothing where this machine cannot have one. */
    public static Optional<Island> rise() throws IOException {
        Process holder;
        try {
            holder = new ProcessBuilder("unshare", "--net", "cat").start();
        } catch (IOException e) {
            return Optional.empty();
        }
        Island island = new Island(holder);
        if (island.separate()
                && run("nsenter", island.net(), "ip", "link", "set", "lo", "up").isEmpty()) {
            return Optional.of(island);
        }
        island.close();
        return Optional.empty();
    }

    /** Waits until the holder is in a network of its own. */
    private boolean separate() throws IOException {
        Path ours = Files.readSymbolicLink(Path.of("/proc/self/ns/net"));
        while (holder.isAlive()) {
            try {
                if (!Files.readSymbolicLink(Path.of("/proc/" + holder.pid() + "/ns/net"))
                        .equals(ours)) {
                    return true;
                }
            } catch (IOException e) {
                return false; // it has ended
            }
            Thread.onSpinWait();
        }
        return false;
    }

    private String net() {
        return "--net=/proc/" + holder.pid() + "/ns/net";
    }

    /** What runs a command there, put before it. */
    public List<String> there() {
        return List.of("nsenter", net());
    }

    /** One more cable. */
    public Cable cable() throws IOException {
        String name = "peal" + holder.pid() + (char) ('a' + cables.size());
        Cable cable = new Cable(name, (int) ((holder.pid() * 8 + cables.size()) % SUBNETS));
        String other = name + "i";
        must("ip", "link", "add", name, "type", "veth", "peer", "name", other, "netns", Long.toString(holder.pid()));
        must("nsenter", net(), "ip", "address", "add", cable.island() + "/30", "dev", other);
        must("nsenter", net(), "ip", "link", "set", other, "up");
        must("ip", "address", "add", cable.mainland() + "/30", "dev", name);
        must("ip", "link", "set", name, "up");
        cables.add(cable);
        return cable;
    }

    private static void must(String... command) throws IOException {
        Optional<String> failure = run(command);
        if (failure.isPresent()) {
            throw new IOException(String.join(" ", command) + ": " + failure.get());
        }
    }

    /** Runs a command; what it says where it fails. */
    private static Optional<String> run(String... command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            boolean ended = process.waitFor(COMMAND_SECONDS_MAX, TimeUnit.SECONDS);
            return ended && process.exitValue() == 0 ? Optional.empty() : Optional.of(said.strip());
        } catch (IOException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of("interrupted");
        }
    }

    @Override
    public void close() {
        holder.destroyForcibly().onExit().join();
    }
}
