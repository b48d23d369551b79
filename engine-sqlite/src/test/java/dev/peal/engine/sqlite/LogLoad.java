package dev.peal.engine.sqlite;

import com.sun.management.OperatingSystemMXBean;
import dev.peal.log.Draft;
import dev.peal.log.Entry;
import dev.peal.log.Feed;
import dev.peal.log.Follower;
import dev.peal.log.Retention;
import dev.peal.log.RoomKey;
import dev.peal.time.Clock;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Measures the log alone: {@code rooms} feeds on one owner keep {@code window} appends of 180 bytes under way, half of the time to warm up. Prints
 * acknowledged appends per second, the longest wait for an acknowledgement, the writer thread's and the whole process's CPU time per append. Arguments: folder,
 * rooms, window, seconds, message ids ({@code none}, {@code rising}, {@code random}), and what the database may take in MiB, where it is to be trimmed.
 */
final class LogLoad {
    private final LoopOwner owner = new LoopOwner();
    private final List<Feed> feeds = new ArrayList<>();
    private final String ids;
    private final byte[] data = new byte[180];
    private final SplittableRandom random = new SplittableRandom(1);
    private long acknowledged;
    private long sent;
    private long longestNanos;
    private boolean stopped;

    private LogLoad(String ids) {
        this.ids = ids;
    }

    public static void main(String[] args) throws Exception {
        Path file = Files.createTempDirectory(Path.of(args[0]), "log-load").resolve("log.db");
        LogLoad load = new LogLoad(args[4]);
        long bytesMax = args.length > 5 ? Long.parseLong(args[5]) << 20 : Long.MAX_VALUE;
        SqliteLog log = new SqliteLog(
                new SqliteConfig(file, kind -> Retention.ALL, bytesMax, SqliteConfig.Limits.DEFAULT), Clock.SYSTEM);
        load.run(log, Integer.parseInt(args[1]), Integer.parseInt(args[2]), Integer.parseInt(args[3]));
        log.close();
        load.owner.stop();
        System.out.printf(Locale.ROOT, "  database %d MiB%n", Files.size(file) >> 20);
        Files.delete(file);
        Files.delete(file.getParent());
    }

    private void run(SqliteLog log, int rooms, int window, int seconds) throws InterruptedException {
        for (int i = 0; i < rooms; i++) {
            feeds.add(log.follow(new RoomKey("chat", "room-" + i), owner, new Silent()));
        }
        owner.execute(() -> {
            for (int i = 0; i < window; i++) {
                append();
            }
        });
        Thread.sleep(TimeUnit.SECONDS.toMillis(seconds));
        long[] before = reading();
        owner.execute(() -> longestNanos = 0);
        Thread.sleep(TimeUnit.SECONDS.toMillis(seconds));
        long[] after = reading();
        owner.execute(() -> stopped = true);
        double count = after[0] - before[0];
        System.out.printf(
                Locale.ROOT,
                "rooms %4d window %5d ids %-6s : %7.0f appends/s, longest %4.0f ms, writer %5.2f us, process %5.2f us CPU per append%n",
                rooms,
                window,
                ids,
                count * 1e9 / (after[1] - before[1]),
                owner.ask(() -> longestNanos) / 1e6,
                (after[2] - before[2]) / 1e3 / count,
                (after[3] - before[3]) / 1e3 / count);
    }

    private void append() {
        if (stopped) {
            return;
        }
        String id = id();
        long began = System.nanoTime();
        Draft draft = new Draft("message", "user-" + sent % 100, id, sent, Clock.SYSTEM.millis(), data);
        feeds.get((int) (sent++ % feeds.size())).append(draft, Feed.ANY, answer -> {
            acknowledged++;
            longestNanos = Math.max(longestNanos, System.nanoTime() - began);
            append();
        });
    }

    private @Nullable String id() {
        return switch (ids) {
            case "rising" -> String.format(Locale.ROOT, "0193%016x-peal-%06d", sent, sent % 1_000_000);
            case "random" -> new UUID(random.nextLong(), random.nextLong()).toString();
            default -> null;
        };
    }

    /** Acknowledged, time, the writer's CPU time, the process's. */
    private long[] reading() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long writer = 0;
        for (long id : threads.getAllThreadIds()) {
            if (threads.getThreadInfo(id).getThreadName().equals("peal-log-writer")) {
                writer = threads.getThreadCpuTime(id);
            }
        }
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return new long[] {owner.ask(() -> acknowledged), System.nanoTime(), writer, system.getProcessCpuTime()};
    }

    private static final class Silent implements Follower {
        @Override
        public void opened(String epoch, long oldest, long newest) {}

        @Override
        public void failed() {
            throw new IllegalStateException("failed");
        }

        @Override
        public void entry(Entry entry) {}

        @Override
        public void batchEnd() {}
    }
}
