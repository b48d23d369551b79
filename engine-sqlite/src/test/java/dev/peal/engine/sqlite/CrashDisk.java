package dev.peal.engine.sqlite;

import dev.peal.engine.sqlite.Trace.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * What a disk may hold after a power cut: all that was synced, and of what was written since any part, in sectors of 512 bytes. Where a sync failed, the writes
 * before it are such a part for ever, as Linux drops them: only bytes written anew are brought to the disk by a later sync. Those lie over the doubtful ones, never
 * under them.
 */
final class CrashDisk {
    private static final int SECTOR = 512;

    private final Map<String, Image> files = new HashMap<>();

    private static final class Image {
        /** What is surely on the disk, up to the first step that is not. */
        private byte[] base = {};

        /** From the first doubtful step on, in order. */
        private final List<Done> since = new ArrayList<>();

        private final List<Done> doomed = new ArrayList<>();
        private final List<Step> pending = new ArrayList<>();
    }

    /** Compared by identity: the same bytes are written to the same place more than once. */
    private static final class Done {
        private final Step step;
        private final boolean sure;

        Done(Step step, boolean sure) {
            this.step = step;
            this.sure = sure;
        }
    }

    void apply(Step step) {
        switch (step) {
            case Step.Write write -> image(write.file()).pending.add(write);
            case Step.Truncate truncate -> image(truncate.file()).pending.add(truncate);
            case Step.Unlink unlink -> files.remove(unlink.file());
            case Step.Sync sync -> sync(image(sync.file()));
            case Step.SyncFailed failed -> syncFailed(image(failed.file()), failed);
            case Step.Acknowledged acknowledged -> {}
        }
    }

    private Image image(String file) {
        return files.computeIfAbsent(file, name -> new Image());
    }

    /** What is pending is on the disk now. A doomed write stays doubtful, unless something newer lies over it. */
    private static void sync(Image image) {
        for (Step step : image.pending) {
            image.since.add(new Done(step, true));
            image.doomed.removeIf(old -> covers(step, old.step) && image.since.remove(old));
        }
        image.pending.clear();
        int sure = 0;
        while (sure < image.since.size() && image.since.get(sure).sure) {
            image.base = whole(image.base, image.since.get(sure++).step);
        }
        image.since.subList(0, sure).clear();
    }

    private static void syncFailed(Image image, Step.SyncFailed failed) {
        List<Step> spared = new ArrayList<>();
        for (Step step : image.pending) {
            if (step instanceof Step.Write write && failed.spared().contains(write.by())) {
                spared.add(step);
                continue;
            }
            Done done = new Done(step, false);
            image.since.add(done);
            image.doomed.add(done);
        }
        image.pending.clear();
        image.pending.addAll(spared);
    }

    private static boolean covers(Step newer, Step old) {
        if (newer instanceof Step.Truncate truncate) {
            return (old instanceof Step.Truncate before && truncate.length() <= before.length())
                    || (old instanceof Step.Write write && write.offset() >= truncate.length());
        }
        return newer instanceof Step.Write over
                && old instanceof Step.Write write
                && over.offset() <= write.offset()
                && over.offset() + over.data().length >= write.offset() + write.data().length;
    }

    /** Writes one of the states that a cut now may leave to {@code database} and its WAL. */
    void leave(Path database, Random random) throws IOException {
        for (Map.Entry<String, Image> file : files.entrySet()) {
            Image image = file.getValue();
            byte[] bytes = image.base.clone();
            int kept = random.nextInt(5); // 0: none, 4: all, between: some
            for (Done done : image.since) {
                bytes = done.sure ? whole(bytes, done.step) : torn(bytes, done.step, kept, random);
            }
            for (Step step : image.pending) {
                bytes = torn(bytes, step, kept, random);
            }
            Files.write(database.resolveSibling(database.getFileName() + file.getKey()), bytes);
        }
    }

    private static byte[] torn(byte[] bytes, Step step, int kept, Random random) {
        if (kept == 4) {
            return whole(bytes, step);
        }
        if (kept == 0 || random.nextInt(4) >= kept) {
            return bytes;
        }
        if (!(step instanceof Step.Write write) || random.nextBoolean()) {
            return whole(bytes, step);
        }
        byte[] result = bytes;
        int at = 0;
        while (at < write.data().length) {
            int end = (int) Math.min(write.data().length, at + SECTOR - (write.offset() + at) % SECTOR);
            if (random.nextBoolean()) {
                byte[] part = Arrays.copyOfRange(write.data(), at, end);
                result = whole(result, new Step.Write(write.file(), write.by(), write.offset() + at, part));
            }
            at = end;
        }
        return result;
    }

    private static byte[] whole(byte[] bytes, Step step) {
        return switch (step) {
            case Step.Write write -> {
                int end = Math.toIntExact(write.offset() + write.data().length);
                byte[] result = bytes.length >= end ? bytes : Arrays.copyOf(bytes, end);
                System.arraycopy(write.data(), 0, result, (int) write.offset(), write.data().length);
                yield result;
            }
            case Step.Truncate truncate -> Arrays.copyOf(bytes, Math.toIntExact(truncate.length()));
            case Step.Unlink unlink -> bytes;
            case Step.Sync sync -> bytes;
            case Step.SyncFailed failed -> bytes;
            case Step.Acknowledged acknowledged -> bytes;
        };
    }
}
