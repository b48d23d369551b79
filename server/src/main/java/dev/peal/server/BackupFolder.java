package dev.peal.server;

import dev.peal.auth.OwnerOnly;
import dev.peal.engine.sqlite.Backup;
import dev.peal.engine.sqlite.SqliteLogException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

/**
 * A backup: a folder with the log's file, and the secrets and keys without which what was handed out would be worth nothing. Not in it: the search index, which the
 * log makes again, and the lock. Nobody but its owner may read it.
 */
final class BackupFolder {
    private static final List<String> SECRETS = List.of("auth.secret", "guest.secret", "api-keys.json");
    private static final List<String> BESIDE = List.of("", "-wal", "-shm", "-journal");

    private BackupFolder() {}

    /**
     * Makes a backup of a data folder, which a server may be using. It has its name only once it is whole and on the disk.
     *
     * @param to a folder that does not exist, or is empty
     * @throws StartException where it cannot be made
     */
    static void make(Path dataFolder, Path to, Progress progress) {
        Path log = dataFolder.resolve(Logs.FILE);
        if (!Files.isRegularFile(log)) {
            throw new StartException("--data: " + dataFolder + " holds no log (" + Logs.FILE + ")");
        }
        Path parent = to.toAbsolutePath().getParent();
        if (parent == null) {
            throw new StartException("--to: " + to + " is no folder of its own");
        }
        Path part = parent.resolve(to.getFileName() + ".part");
        try {
            if (!isEmpty(to)) {
                throw new StartException("--to: " + to + " is not empty");
            }
            if (Files.exists(dataFolder.resolve(Logs.FILE + "-wal")) && !DataFolder.inUse(dataFolder)) {
                // To read it would be to recover it, unseen by the checks of a start.
                throw new StartException("--data: the last server on " + dataFolder
                        + " did not end in order: start it once, then back up");
            }
            deleteAll(part);
            DataFolder.make(part);
            Files.createFile(part.resolve(Logs.FILE));
            OwnerOnly.keep(part.resolve(Logs.FILE));
            Backup.copy(log, part.resolve(Logs.FILE), progress.of("copied"));
            copySecrets(dataFolder, part);
            Files.deleteIfExists(to);
            Files.move(part, to, StandardCopyOption.ATOMIC_MOVE);
            sync(to);
            sync(parent);
        } catch (SqliteLogException e) {
            throw new StartException(String.valueOf(e.getMessage()), e);
        } catch (IOException e) {
            throw new StartException("--to: " + to + " cannot be written: " + FileProblem.of(e, to), e);
        }
    }

    /**
     * Puts a backup in the place of a data folder, under a new epoch. Nothing of the folder is touched before the backup was read whole and found sound.
     *
     * @param replace whether what is there may go
     * @throws StartException where it is not sound, or the folder is in use, not empty, or cannot be written
     */
    static void restore(Path from, Path dataFolder, boolean replace, Progress progress) {
        Path copy = from.resolve(Logs.FILE);
        if (!Files.isRegularFile(copy)) {
            throw new StartException("--from: " + from + " holds no backup (" + Logs.FILE + ")");
        }
        try {
            if (!replace && !isEmpty(dataFolder)) {
                throw new StartException(
                        "--data: " + dataFolder + " is not empty; --replace puts the backup in its place");
            }
            try (DataFolder folder = DataFolder.take(dataFolder)) {
                put(from, folder.path(), progress);
            }
        } catch (SqliteLogException e) {
            throw new StartException(String.valueOf(e.getMessage()), e);
        } catch (IOException e) {
            throw new StartException(
                    "--data: " + dataFolder + " cannot be written: " + FileProblem.of(e, dataFolder), e);
        }
    }

    private static void put(Path from, Path dataFolder, Progress progress) throws IOException {
        Path log = dataFolder.resolve(Logs.FILE);
        Path fresh = dataFolder.resolve(Logs.FILE + ".restoring");
        deleteBeside(fresh);
        Files.createFile(fresh);
        OwnerOnly.keep(fresh);
        try {
            Backup.copy(from.resolve(Logs.FILE), fresh, progress.of("copied"));
            Backup.verify(fresh, progress.of("verified"));
            Backup.beginNewEpoch(fresh);
            sync(fresh);
        } catch (SqliteLogException | IOException e) {
            deleteBeside(fresh);
            throw e;
        }
        copySecrets(from, dataFolder);
        deleteBeside(dataFolder.resolve(Logs.SEARCH_FILE));
        // Another file's write-ahead log would be read as this one's: it goes before the file comes.
        for (String suffix : BESIDE.subList(1, BESIDE.size())) {
            Files.deleteIfExists(log.resolveSibling(Logs.FILE + suffix));
        }
        Files.move(fresh, log, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        sync(dataFolder);
    }

    private static void copySecrets(Path from, Path to) throws IOException {
        for (String name : SECRETS) {
            Path target = to.resolve(name);
            if (Files.isRegularFile(from.resolve(name))) {
                Path part = to.resolve(name + ".part");
                Files.deleteIfExists(part);
                Files.createFile(part);
                OwnerOnly.keep(part);
                Files.write(part, Files.readAllBytes(from.resolve(name)));
                sync(part);
                Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    /** The lock of a server that is gone does not count. */
    private static boolean isEmpty(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return true;
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.allMatch(file -> file.endsWith(DataFolder.LOCK));
        }
    }

    private static void deleteAll(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file : files.toList()) {
                    Files.delete(file);
                }
            }
            Files.delete(folder);
        }
    }

    private static void deleteBeside(Path file) throws IOException {
        for (String suffix : BESIDE) {
            Files.deleteIfExists(file.resolveSibling(file.getFileName() + suffix));
        }
    }

    /** A folder cannot be opened on Windows, whose file system needs no such thing. */
    private static void sync(Path path) throws IOException {
        boolean folder = Files.isDirectory(path);
        if (folder && System.getProperty("os.name", "").startsWith("Windows")) {
            return;
        }
        try (FileChannel channel =
                FileChannel.open(path, folder ? StandardOpenOption.READ : StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }
}
