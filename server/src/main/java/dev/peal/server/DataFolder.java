package dev.peal.server;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;

/**
 * The folder of one server, held by an operating system's file lock: a process that dies, however it dies, lets it go. Two servers never write one folder.
 */
final class DataFolder implements AutoCloseable {
    static final String LOCK = "peal.lock";

    private final Path path;
    private final FileChannel channel;

    private DataFolder(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    /**
     * Makes the folder where there is none, and takes it.
     *
     * @throws StartException where it cannot be written or another server has it
     */
    static DataFolder take(Path path) {
        try {
            make(path);
            FileChannel channel = FileChannel.open(
                    path.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            if (tryLock(channel) == null) {
                String owner = owner(channel);
                channel.close();
                throw new StartException("server.data: " + path + " is in use by another server" + owner);
            }
            sign(channel);
            return new DataFolder(path, channel);
        } catch (IOException e) {
            throw new StartException("server.data: " + path + " cannot be used: " + FileProblem.of(e, path), e);
        }
    }

    /** Whether a server of another process has the folder now. */
    static boolean inUse(Path path) throws IOException {
        Path lock = path.resolve(LOCK);
        if (!Files.exists(lock)) {
            return false;
        }
        try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.WRITE)) {
            return tryLock(channel) == null;
        }
    }

    Path path() {
        return path;
    }

    /**
     * Makes the folder where there is none, for its owner alone: it holds what people said, and the secrets that sign tokens.
     *
     * @throws IOException where it cannot be made
     */
    static void make(Path path) throws IOException {
        boolean posix = path.getFileSystem().supportedFileAttributeViews().contains("posix");
        Path parent = path.toAbsolutePath().getParent();
        if (Files.isDirectory(path) || parent == null) {
            return;
        }
        Files.createDirectories(parent);
        if (posix) {
            Files.createDirectory(
                    path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } else {
            Files.createDirectory(path);
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null; // a server in this very process has it
        }
    }

    private static void sign(FileChannel channel) throws IOException {
        channel.truncate(0);
        String process = ProcessHandle.current().pid() + "\n";
        channel.write(ByteBuffer.wrap(process.getBytes(StandardCharsets.US_ASCII)), 0);
    }

    /** Who holds it, as far as it wrote its name: a help for people, nothing is decided by it. */
    private static String owner(FileChannel channel) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(20);
        channel.read(bytes, 0);
        String process = new String(bytes.array(), 0, bytes.position(), StandardCharsets.US_ASCII).strip();
        return process.matches("[0-9]+") ? " (process " + process + ")" : "";
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new IllegalStateException("cannot release " + path, e);
        }
    }
}
