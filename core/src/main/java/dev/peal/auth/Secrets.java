package dev.peal.auth;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Base64;
import java.util.EnumSet;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The secrets that this server generated for itself, kept in its data folder: {@code auth.secret} signs users' tokens, {@code guest.secret} guests'. Each is
 * one line of base64url, readable by its owner alone.
 *
 * @param users for {@link TokenMinter}
 * @param guests for {@link GuestTokens}; another one, so that a guest's token can never pass as a user's
 */
public record Secrets(Secret users, Secret guests) {
    private static final Logger log = LoggerFactory.getLogger(Secrets.class);
    private static final int FILE_BYTES_MAX = 4096;

    /**
     * Reads the secrets of a data folder, making those that are missing. Several processes may do this at once and all get the same. Blocks on I/O.
     *
     * @param dataFolder exists
     * @throws IOException if a file cannot be read or made, or holds no secret; the message names the file and never its content
     */
    public static Secrets in(Path dataFolder) throws IOException {
        return new Secrets(
                readOrMake(dataFolder.resolve("auth.secret")), readOrMake(dataFolder.resolve("guest.secret")));
    }

    private static Secret readOrMake(Path file) throws IOException {
        if (!Files.exists(file)) {
            make(file);
        }
        return read(file);
    }

    private static Secret read(Path file) throws IOException {
        if (Files.size(file) > FILE_BYTES_MAX) {
            throw new IOException(file + " holds no secret: it is too long");
        }
        warnIfOthersCanRead(file);
        String text = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).strip();
        try {
            return Secret.of(Base64.getUrlDecoder().decode(text));
        } catch (IllegalArgumentException notASecret) {
            // The decoder's message quotes what it read, so it is not passed on.
            throw new IOException(file + " holds no secret: at least 32 bytes as base64url are wanted");
        }
    }

    /** Written aside and linked to its name only when it is whole and on the disk; the link fails if another process was first, whose secret then counts. */
    private static void make(Path file) throws IOException {
        Path draft = file.resolveSibling(file.getFileName() + "." + UUID.randomUUID() + ".tmp");
        try {
            write(
                    draft,
                    Base64.getUrlEncoder()
                                    .withoutPadding()
                                    .encodeToString(Secret.random().bytes()) + "\n");
            publish(draft, file);
            syncFolder(file);
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    private static void publish(Path draft, Path file) throws IOException {
        try {
            Files.createLink(file, draft);
        } catch (FileAlreadyExistsException another) {
            log.debug("{} was made by another process meanwhile", file);
        } catch (UnsupportedOperationException noHardLinks) {
            Files.move(draft, file);
        }
    }

    private static void write(Path draft, String text) throws IOException {
        var options = EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (var channel = FileChannel.open(draft, options, OwnerOnly.attributes(draft))) {
            channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)));
            channel.force(true);
        }
    }

    private static void syncFolder(Path file) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null && OwnerOnly.posix(file)) {
            try (var channel = FileChannel.open(folder)) {
                channel.force(true);
            }
        }
    }

    private static void warnIfOthersCanRead(Path file) throws IOException {
        if (OwnerOnly.isOpenToOthers(file)) {
            log.warn("{} can be read by others than its owner: chmod 600 it", file);
        }
    }
}
