package dev.peal.auth;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;

/** Files that their owner alone may read and write; where the file system knows no such thing (Windows), the folder's own rights must do. */
public final class OwnerOnly {
    private static final Set<PosixFilePermission> PERMISSIONS =
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    private OwnerOnly() {}

    /** What a new file is to be made with. */
    public static FileAttribute<?>[] attributes(Path file) {
        return posix(file)
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PERMISSIONS)}
                : new FileAttribute<?>[0];
    }

    /** Takes a file that is there away from all others. */
    public static void keep(Path file) throws IOException {
        if (posix(file)) {
            Files.setPosixFilePermissions(file, PERMISSIONS);
        }
    }

    /** Whether others may do anything with it. */
    static boolean isOpenToOthers(Path file) throws IOException {
        return posix(file) && !PERMISSIONS.containsAll(Files.getPosixFilePermissions(file));
    }

    static boolean posix(Path file) {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix");
    }
}
