package dev.peal.client.outbox;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps messages in a file: what {@link #keep} has confirmed survives a kill and a power cut. Written on a daemon thread of its own, several messages with one fsync.
 *
 * <p>One client at a time: a lock beside the file ({@code NAME.lock}) is held, and dies with its process. A message is sent in the name of whoever the client signs in as:
 * one file is for one user.
 */
public final class FileOutbox implements Outbox {
    private static final System.Logger LOG = System.getLogger(FileOutbox.class.getName());

    private sealed interface Job {
        record Keep(Outgoing message, Consumer<Boolean> kept) implements Job {}

        record Done(String messageId) implements Job {}

        record Close() implements Job {}
    }

    private final Path path;
    private final Executor answers;
    /** Bounded by the client's own limit on messages that wait. */
    private final LinkedBlockingQueue<Job> jobs = new LinkedBlockingQueue<>();

    private final Thread writer = new Thread(this::write, "peal-outbox");
    private @Nullable FileChannel lockChannel;
    private @Nullable OutboxFile file;
    /** Of the writer. */
    private boolean broken;

    public FileOutbox(Path path, Executor answers) {
        this.path = path;
        this.answers = answers;
        writer.setDaemon(true);
    }

    @Override
    public List<Outgoing> open() {
        lock();
        try {
            OutboxFile opened = OutboxFile.open(path);
            file = opened;
            List<Outgoing> left = List.copyOf(opened.waiting());
            writer.start();
            return left;
        } catch (IOException e) {
            unlock();
            throw new OutboxException("outbox_unusable", "the outbox " + path + " cannot be used", e);
        }
    }

    private void lock() {
        Path beside = path.resolveSibling(path.getFileName() + ".lock");
        try {
            lockChannel = FileChannel.open(beside, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = lockChannel.tryLock();
            if (lock != null) {
                return;
            }
        } catch (OverlappingFileLockException e) {
            // another client of this process: said below as for any other
        } catch (IOException e) {
            unlock();
            throw new OutboxException("outbox_unusable", "the outbox " + path + " cannot be locked", e);
        }
        unlock();
        throw new OutboxException("outbox_in_use", "another client uses the outbox " + path);
    }

    private void unlock() {
        try {
            if (lockChannel != null) {
                lockChannel.close();
            }
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "the lock of an outbox did not close", e);
        }
    }

    @Override
    public void keep(Outgoing message, Consumer<Boolean> kept) {
        jobs.add(new Job.Keep(message, kept));
    }

    @Override
    public void done(Outgoing message) {
        jobs.add(new Job.Done(message.messageId()));
    }

    /** Returns when everything given before is written. */
    @Override
    public void close() {
        if (!writer.isAlive()) {
            return;
        }
        jobs.add(new Job.Close());
        try {
            writer.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void write() {
        List<Job> batch = new ArrayList<>();
        boolean open = true;
        while (open) {
            batch.clear();
            try {
                batch.add(jobs.take());
            } catch (InterruptedException e) {
                batch.add(new Job.Close()); // nobody interrupts this thread but who wants it to end
            }
            jobs.drainTo(batch);
            boolean safe = store(batch);
            for (Job job : batch) {
                if (job instanceof Job.Keep keep) {
                    answers.execute(() -> keep.kept().accept(safe));
                }
                open &= !(job instanceof Job.Close);
            }
        }
        end();
    }

    /** Whether all of the batch that is to be kept is safe. */
    private boolean store(List<Job> batch) {
        OutboxFile to = file;
        if (to == null || broken) {
            return false;
        }
        try {
            boolean sync = false;
            for (Job job : batch) {
                if (job instanceof Job.Keep keep) {
                    to.keep(keep.message());
                    sync = true;
                } else if (job instanceof Job.Done done) {
                    to.done(done.messageId());
                }
            }
            if (sync) {
                to.sync();
            }
            return true;
        } catch (IOException e) {
            // After a failed fsync nobody knows what is on the disk: nothing more is promised.
            broken = true;
            LOG.log(System.Logger.Level.WARNING, "the outbox cannot be written", e);
            return false;
        }
    }

    private void end() {
        try {
            if (file != null) {
                file.close();
            }
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "the outbox did not close", e);
        }
        unlock();
    }
}
