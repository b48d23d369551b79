package dev.peal.engine.sqlite;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * Looks at a WAL that was left behind, before SQLite recovers from it. SQLite reads frames up to the first whose checksum is wrong and drops all behind it, as it
 * must: the last transaction may have been torn by a power cut. But each commit is synced before the next one's frames are written, so:
 *
 * <ul>
 *   <li>a whole frame behind a commit that cannot be read any more: that commit was synced, and its bytes changed since. {@link Verdict#DAMAGED}.
 *   <li>a broken frame in a last transaction that is there up to its end: torn, or acknowledged and changed since; nothing tells. {@link Verdict#DOUBTFUL}.
 * </ul>
 *
 * <p>The format is at sqlite.org/fileformat2.html, section 4. A frame is whole where its checksum follows from the one before it, which needs no other frame.
 *
 * @param what found, for the operator
 */
record WalCheck(Path file, Verdict verdict, String what) {
    private static final int HEADER_BYTES = 32;
    private static final int FRAME_HEADER_BYTES = 24;
    private static final int MAGIC = 0x377f0682;

    /** What is to be made of it. */
    enum Verdict {
        /** There is no WAL file. */
        ABSENT,
        SOUND,
        DOUBTFUL,
        DAMAGED
    }

    /** Looks at the WAL of this database. */
    static WalCheck of(Path database) throws IOException {
        Path file = database.resolveSibling(database.getFileName() + "-wal");
        if (!Files.exists(file)) {
            return new WalCheck(file, Verdict.ABSENT, "");
        }
        try (FileChannel channel = FileChannel.open(file)) {
            ByteBuffer header = read(channel, 0, HEADER_BYTES);
            long frames = (channel.size() - HEADER_BYTES) / (FRAME_HEADER_BYTES + Connections.PAGE_BYTES);
            if (frames < 1) {
                return new WalCheck(file, Verdict.SOUND, "");
            }
            return new Scan(channel, header, frames).judge(file, database);
        }
    }

    private static ByteBuffer read(FileChannel channel, long at, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        while (bytes.hasRemaining() && channel.read(bytes, at + bytes.position()) > 0) {
            // Short reads go on.
        }
        return bytes.flip();
    }

    /** One pass over the frames. */
    private static final class Scan {
        private final FileChannel channel;
        private final ByteBuffer header;
        private final long frames;
        private final boolean headerSound;
        private final ByteOrder order;
        private long salts;
        private long firstBroken = -1;
        private int commitsBehind;
        private boolean wholeBehindCommit;
        private final Map<Integer, Long> pages = new HashMap<>();

        private Scan(FileChannel channel, ByteBuffer header, long frames) {
            this.channel = channel;
            this.header = header;
            this.frames = frames;
            ByteOrder said = (header.getInt(0) & 1) == 0 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
            headerSound = (header.getInt(0) & ~1) == MAGIC
                    && header.getInt(8) == Connections.PAGE_BYTES
                    && checksum(0, header, 0, 24, said) == header.getLong(24);
            order = headerSound ? said : ByteOrder.nativeOrder();
        }

        private WalCheck judge(Path file, Path database) throws IOException {
            scan();
            if (!headerSound) {
                // A header that is not sound makes SQLite drop every frame. Harmless where all of them are in the
                // database already.
                boolean harmless = commitsBehind == 0 || isIn(database);
                return new WalCheck(file, harmless ? Verdict.SOUND : Verdict.DAMAGED, "its header is not sound");
            }
            if (wholeBehindCommit) {
                String what = "frame " + firstBroken + " of " + frames + ", with commits behind it";
                return new WalCheck(file, Verdict.DAMAGED, what);
            }
            Verdict verdict = commitsBehind > 0 ? Verdict.DOUBTFUL : Verdict.SOUND;
            return new WalCheck(file, verdict, "its last commit is not whole and may have been acknowledged");
        }

        private void scan() throws IOException {
            long before = header.getLong(24);
            for (long i = 0; i < frames; i++) {
                ByteBuffer frame = read(channel, at(i), FRAME_HEADER_BYTES + Connections.PAGE_BYTES);
                if (i == 0) {
                    salts = headerSound ? header.getLong(16) : frame.getLong(8);
                    firstBroken = headerSound ? -1 : 0;
                }
                boolean whole = frame.getLong(8) == salts && checksum(frame, before) == frame.getLong(16);
                if (!whole && firstBroken < 0) {
                    firstBroken = i;
                }
                if (firstBroken >= 0) {
                    behind(i, frame, whole);
                }
                before = frame.getLong(16);
            }
        }

        private void behind(long i, ByteBuffer frame, boolean whole) {
            wholeBehindCommit |= whole && commitsBehind > 0;
            boolean ofThisWal = frame.getLong(8) == salts;
            if (ofThisWal && frame.getInt(4) != 0 && (whole || i == firstBroken)) {
                commitsBehind++;
            }
            if (ofThisWal) {
                pages.put(frame.getInt(0), i);
            }
        }

        private boolean isIn(Path database) throws IOException {
            try (FileChannel file = FileChannel.open(database)) {
                for (Map.Entry<Integer, Long> page : pages.entrySet()) {
                    ByteBuffer logged = read(channel, at(page.getValue()) + FRAME_HEADER_BYTES, Connections.PAGE_BYTES);
                    long at = (page.getKey() - 1L) * Connections.PAGE_BYTES;
                    if (at < 0 || !logged.equals(read(file, at, Connections.PAGE_BYTES))) {
                        return false;
                    }
                }
                return true;
            }
        }

        private static long at(long frame) {
            return HEADER_BYTES + frame * (FRAME_HEADER_BYTES + Connections.PAGE_BYTES);
        }

        private long checksum(ByteBuffer frame, long before) {
            long head = checksum(before, frame, 0, 8, order);
            return checksum(head, frame, FRAME_HEADER_BYTES, frame.limit(), order);
        }

        /** SQLite's own: two sums over pairs of words in the WAL's byte order, wound into each other. */
        private static long checksum(long before, ByteBuffer bytes, int from, int to, ByteOrder order) {
            ByteBuffer words = bytes.duplicate().order(order);
            int s0 = (int) (before >>> 32);
            int s1 = (int) before;
            for (int at = from; at < to; at += 8) {
                s0 += words.getInt(at) + s1;
                s1 += words.getInt(at + 4) + s0;
            }
            return (long) s0 << 32 | (s1 & 0xffff_ffffL);
        }
    }
}
